import { table } from "../markdown.js";
import type { Came } from "./faults.js";

/** What was measured with one cluster. */
export interface Measured {
	readonly measured: object;
	/** What docs/clusters.md shows of it, by the names of its markers. */
	readonly sections: Readonly<Record<string, string>>;
	/** Whether every study had its digest, and no job was left. */
	readonly isSound: boolean;
}

export const faultsTable = (came: readonly Came[]): string =>
	table(
		[
			["fault, in mid-study", "left"],
			["what came of it", "left"],
			["same digest", "left"],
			["jobs left", "right"],
		],
		came.map(({ fault, outcome, same, left }) => [fault, outcome, same ? "yes" : "no", String(left)]),
	);
