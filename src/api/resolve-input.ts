import { factsAbout } from "../data/load.js";
import { resolveStudy } from "../study/resolve.js";
import type { Study } from "../study/study.js";
import { moduleFinder } from "../trainers/function/module.js";
import { readPackaged } from "../trainers/package-data.js";

/**
 * What a study's author wrote, checked against its data, every default filled in. Paths in it are relative to `folder`. Throws `study/…`,
 * `data/…` and `trainer/…` errors.
 */
export const resolveInput = (input: unknown, folder: string): Promise<Study> =>
	resolveStudy(input, (source) => factsAbout(source, readPackaged), moduleFinder(folder));
