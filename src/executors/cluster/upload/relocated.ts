import { placesOf } from "../../../data/sources/table.js";
import type { TrainableStudy } from "../../../study/study.js";
import { isCommand } from "../../../study/workloads/table.js";

/** A study with the paths that its trials read moved. `place`: what names the path: a key of its data source, or "directory". */
export function relocated(study: TrainableStudy, move: (path: string, place: string) => string): TrainableStudy {
	const { workload } = study;
	if (isCommand(workload)) return { ...study, workload: { ...workload, directory: move(workload.directory, "directory") } };
	if (!("data" in workload)) return study;
	const data: Record<string, unknown> = { ...workload.data };
	for (const place of placesOf(workload.data)) {
		const path = data[place];
		if (typeof path === "string") data[place] = move(path, place);
	}
	return { ...study, workload: { ...workload, data } as typeof workload };
}
