import { readFile } from "node:fs/promises";
import { sha256Hex } from "../../core/canonical.js";
import { SweetspotError } from "../../core/errors.js";
import type { Locate } from "../../data/source-kind.js";
import { importModule } from "../../modules/import-module.js";
import type { FindModule } from "../../study/workloads/kind.js";
import type { TrainFunction } from "./train-function.js";

/** Finds trainer modules. `locate` makes their paths absolute. */
export const moduleFinder =
	(locate: Locate): FindModule =>
	async (path) => {
		const file = locate(path);
		return { file, sha256: sha256Hex(await read(file)) };
	};

/**
 * The function that a study's trainer module exports. `sha256`: of its content when the study began. Throws `trainer/not-found`,
 * `trainer/changed` where it is not the module that the study began with, and `trainer/unusable`.
 */
export async function loadTrainFunction(file: string, sha256: string): Promise<TrainFunction> {
	if (sha256Hex(await read(file)) !== sha256) {
		throw new SweetspotError(
			"trainer/changed",
			`${file} was edited since`,
			"its earlier trials can't be compared with new ones: start a study of its own with `sweetspot tune`",
		);
	}
	let exported: unknown;
	try {
		exported = (await importModule(file)).train;
	} catch (cause) {
		throw unusable(file, cause instanceof Error ? cause.message : String(cause), cause);
	}
	if (typeof exported !== "function")
		throw unusable(file, `it exports ${exported === undefined ? "no train" : `a ${typeof exported} as train`}`);
	return exported as TrainFunction;
}

export const unusable = (file: string, reason: string, cause?: unknown): SweetspotError =>
	new SweetspotError("trainer/unusable", `${file}: ${reason}`, "export `async function train({ … })`; see docs/library.md", { cause });

async function read(file: string): Promise<Uint8Array> {
	try {
		return await readFile(file);
	} catch (cause) {
		throw new SweetspotError(
			"trainer/not-found",
			`${file} (${(cause as NodeJS.ErrnoException).code})`,
			"check `workload.trainer`: a path relative to the study file",
			{ cause },
		);
	}
}
