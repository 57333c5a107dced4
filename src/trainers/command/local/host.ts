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

/**
 * What the system was about to start when its session was killed may come to life after the next session has ended the others: it is looked
 * for again after so long, and when the host is closed, of as many sessions.
 */
const laterLooksMilliseconds = [1000, 5000] as const;
const rememberedSessions = 4;

/** This machine: each script is a process group here, and none outlives this process. */
export function openLocalHost(folder: string, startMilliseconds = longestStartMilliseconds): ScriptHost {
	const mark = randomBytes(16).toString("hex");
	const earlier = earlierSessions(folder);
	const endEarlier = () => {
		for (const session of earlier) killMarked(session);
	};
	endEarlier();
	remember(folder, [mark, ...earlier]);
	const laterLooks = earlier.length === 0 ? [] : laterLooksMilliseconds.map((after) => setTimeout(endEarlier, after).unref());
	const guard = new Guard(mark, folder);
	let launches = 0;
	return {
		launch: (launch) => new ProcessGroup(launch, guard, `${mark}-${++launches}`, startMilliseconds),
		freeMemory,
		close() {
			for (const look of laterLooks) clearTimeout(look);
			endEarlier();
			guard.close();
		},
	};
}

const sessionFile = (folder: string): string => join(folder, "session");

/** The marks of earlier sessions, as they left them in the folder, the last one first. */
function earlierSessions(folder: string): readonly string[] {
	try {
		return readFileSync(sessionFile(folder), "latin1").match(/^[0-9a-f]{32}$/gm) ?? [];
	} catch {
		return []; // there was none
	}
}

function remember(folder: string, marks: readonly string[]): void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		writeFileSync(sessionFile(folder), `${marks.slice(0, rememberedSessions).join("\n")}\n`, { mode: 0o600 });
	} catch {} // a full disk: the guard still ends them
}
