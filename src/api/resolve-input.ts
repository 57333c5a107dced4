import { factsAbout } from "../data/load.js";
import { resolveStudy } from "../study/resolve.js";
import type { TrainableStudy } from "../study/study.js";
import { findCommand } from "../trainers/command/find.js";
import { moduleFinder } from "../trainers/function/module.js";
import { pathsFrom, readBytes } from "../trainers/read-bytes.js";

/**
 * What a study's author wrote, checked against its data, every default filled in. Paths in it are relative to `folder`. Throws `study/…`,
 * `data/…` and `trainer/…` errors.
 */
export function resolveInput(input: unknown, folder: string): Promise<TrainableStudy> {
	const locate = pathsFrom(folder);
	return resolveStudy(input, (source) => factsAbout(source, readBytes), { locate, findModule: moduleFinder(locate), findCommand });
}
