import { readFileSync } from "node:fs";
import { allProcesses, type Process } from "./processes.js";

/** The variable by which everything that a script starts is recognized. Its value is random, so no other process has it by chance. */
export const markName = "SWEETSPOT_LAUNCH";

/**
 * Kills every process that has inherited this mark, or one that goes on behind it, and returns them. Only on Linux: elsewhere they can't be recognized. `variable`: the one that holds the mark.
 */
export function killMarked(mark: string, variable = markName): readonly Process[] {
	const killed: Process[] = [];
	const wanted = [`\0${variable}=${mark}\0`, `\0${variable}=${mark}-`].map((text) => Buffer.from(text));
	for (const one of allProcesses()) {
		try {
			const variables = Buffer.concat([Buffer.of(0), readFileSync(`/proc/${one.id}/environ`)]);
			if (!wanted.some((text) => variables.includes(text))) continue;
		} catch {
			continue; // gone by now, or another user's
		}
		signal(one.id, "SIGKILL");
		killed.push(one);
	}
	return killed;
}

/** Sends a signal; 0 only asks. Returns whether there was a process to get it. `id`: negative for a group. */
export function signal(id: number, name: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(id, name);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM"; // there, but not ours
	}
}
