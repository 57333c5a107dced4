import { readFileSync } from "node:fs";
import { allProcesses } from "./processes.js";

/** The variable by which everything that a script starts is recognized. Its value is random, so no other process has it by chance. */
export const markName = "SWEETSPOT_LAUNCH";

/** Kills every process that has inherited a mark beginning with this. Only on Linux: elsewhere they can't be recognized. */
export function killMarked(mark: string): void {
	const wanted = Buffer.from(`\0${markName}=${mark}-`);
	for (const { id } of allProcesses()) {
		try {
			if (!Buffer.concat([Buffer.of(0), readFileSync(`/proc/${id}/environ`)]).includes(wanted)) continue;
		} catch {
			continue; // gone by now, or another user's
		}
		signal(id, "SIGKILL");
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
