import type { ScriptHost } from "../host.js";
import { ProcessGroup } from "./group.js";
import { Guard } from "./guard.js";
import { killWithin } from "./kin.js";

/** A shell begins to run within milliseconds, on a crowded machine within seconds. */
const longestStartMilliseconds = 30_000;

/** This machine: each script is a process group here, and none outlives this process. */
export function openLocalHost(folder: string, startMilliseconds = longestStartMilliseconds): ScriptHost {
	killWithin(folder);
	const guard = new Guard(folder);
	return { launch: (launch) => new ProcessGroup(launch, guard, startMilliseconds), close: () => guard.close() };
}
