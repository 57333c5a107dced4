import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Kills every process of a trial whose folder is this one or lies in it. Only on Linux: elsewhere they can't be recognized. */
export function killWithin(folder: string): void {
	const mark = Buffer.from(`SWEETSPOT_EVENTS=${folder}/`);
	for (const id of processIds()) {
		try {
			if (!readFileSync(`/proc/${id}/environ`).includes(mark)) continue;
		} catch {
			continue; // gone by now, or another user's
		}
		signal(Number(id), "SIGKILL");
	}
}

function processIds(): readonly string[] {
	try {
		return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
	} catch {
		return [];
	}
}

/** Sends a signal; 0 only asks. Returns whether there was a process to get it. `id`: negative for a group. */
export function signal(id: number, name: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(id, name);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM"; // there, but not ours
	}
}

/** Whether nobody is left in the group within so many milliseconds. */
export async function isGone(group: number, milliseconds: number): Promise<boolean> {
	const until = performance.now() + milliseconds;
	for (let pause = 2; signal(-group, 0); pause = Math.min(2 * pause, 50)) {
		const left = until - performance.now();
		if (left <= 0) return false;
		await delay(Math.min(pause, left));
	}
	return true;
}
