import { readdirSync, readFileSync } from "node:fs";
import { markName } from "./program.js";

/** What a process of a study is. */
export type Role = "runner" | "guard" | "script" | "child" | "other";

export interface Found {
	readonly pid: number;
	readonly role: Role;
	readonly command: string;
}

/** What our script's own child has in its command line. */
export const childWords = "a child of the script";

const roleOf = (command: string): Role => {
	if (command.includes("sweetspot-guard")) return "guard";
	if (command.includes(childWords)) return "child";
	if (command.includes("script.py")) return "script";
	return command.includes("dist/cli/main.js") ? "runner" : "other";
};

/** All that runs with this mark in its environment or its command line, as Linux shows it; zombies are left out. */
export function processesOf(mark: string): readonly Found[] {
	const found: Found[] = [];
	for (const name of readdirSync("/proc")) {
		if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
		try {
			const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
			if (command === "") continue; // a zombie, or the kernel's own
			const isOurs = command.includes(mark) || readFileSync(`/proc/${name}/environ`, "latin1").includes(`${markName}=${mark}`);
			if (isOurs) found.push({ pid: Number(name), role: roleOf(command), command });
		} catch {} // gone by now, or another user's
	}
	return found;
}

/** Sends a signal. Returns whether there was a process to get it. */
export function sent(pid: number, signal: NodeJS.Signals): boolean {
	try {
		return process.kill(pid, signal);
	} catch {
		return false;
	}
}
