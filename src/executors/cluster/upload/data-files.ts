import { basename, relative, sep } from "node:path";
import type { ReadBytes } from "../../../data/source.js";
import { isOracle, networkKindOf } from "../../../data/sources/table.js";
import type { TrainableStudy } from "../../../study/study.js";
import { readBytes } from "../../../trainers/read-bytes.js";
import { inPackage } from "./layout.js";
import { relocated } from "./relocated.js";

/** The files of a study's data that no package of ours has, by the names that they get, and the study that reads them there. */
export interface DataFiles {
	readonly study: TrainableStudy;
	readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Reads the data as a trial does, and keeps what was read of this machine's files. Throws `data/…` errors. */
export async function dataFiles(study: TrainableStudy): Promise<DataFiles> {
	const { workload } = study;
	if (!("data" in workload) || isOracle(workload.data)) return { study, files: [] };
	const { data } = workload;
	const read = new Map<string, Uint8Array>();
	const kept = new Map<string, Uint8Array>();
	const recording: ReadBytes = Object.assign(
		async (place: Parameters<ReadBytes>[0]) => {
			const bytes = await readBytes(place);
			if (bytes !== null && "path" in place) read.set(place.path, bytes);
			if (bytes !== null && "kept" in place) kept.set(`${inPackage.kept}/sweetspot/${place.kept}/${place.file}`, bytes);
			return bytes;
		},
		readBytes.mostBytes === undefined ? {} : { mostBytes: readBytes.mostBytes },
	);
	await networkKindOf(data).load(data, recording);
	const files = [...kept].map(([name, bytes]) => ({ name, bytes }));
	const moved = relocated(study, (path, place) => {
		const folder = `data/${place}`;
		const alone = read.get(path);
		if (alone !== undefined) {
			files.push({ name: `${folder}/${basename(path)}`, bytes: alone });
			return `${folder}/${basename(path)}`;
		}
		for (const [file, bytes] of read)
			if (file.startsWith(`${path}${sep}`)) files.push({ name: `${folder}/${relative(path, file).replaceAll(sep, "/")}`, bytes });
		return folder;
	});
	// One file may have several columns or arrays that the source names.
	return { study: moved, files: [...new Map(files.map((file) => [file.name, file])).values()] };
}
