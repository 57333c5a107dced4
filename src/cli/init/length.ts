import type { Argument } from "./script-arguments.js";

/** How long a script with a schedule is to train, and the argument that says so. */
export interface PlannedLength {
	readonly unit: "epochs" | "steps";
	readonly argument: Argument;
	readonly count: number;
	/** What the script calls its schedule. */
	readonly schedule: string;
}
