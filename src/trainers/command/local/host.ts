import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ScriptHost } from "../host.js";
import { ProcessGroup } from "./group.js";
import { Guard } from "./guard.js";
import { killMarked } from "./kin.js";
import { freeMemory } from "./memory.js";

/** A shell begins to run within milliseconds, on a crowded machine within seconds. */
const longestStartMilliseconds = 30_000;

/** This machine: each script is a process group here, and none outlives this process. */
export function openLocalHost(folder: string, startMilliseconds = longestStartMilliseconds): ScriptHost {
	const mark = randomBytes(16).toString("hex");
	endEarlier(folder, mark);
	const guard = new Guard(mark, folder);
	let launches = 0;
	return {
		launch: (launch) => new ProcessGroup(launch, guard, `${mark}-${++launches}`, startMilliseconds),
		freeMemory,
		close: () => guard.close(),
	};
}

/** Ends what an earlier session left running, by the mark that it left in the folder, and leaves this one's. */
function endEarlier(folder: string, mark: string): void {
	const file = join(folder, "session");
	try {
		const [earlier] = /^[0-9a-f]{32}$/m.exec(readFileSync(file, "latin1")) ?? [];
		if (earlier !== undefined) killMarked(earlier);
	} catch {} // there was none
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		writeFileSync(file, `${mark}\n`, { mode: 0o600 });
	} catch {} // a full disk: the guard still ends them
}
