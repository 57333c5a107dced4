import { readFileSync } from "node:fs";

/** How many processes this system has killed for lack of memory since it started; null where it doesn't say (anything but Linux). */
export function memoryKills(): number | null {
	try {
		const [, count] = /^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8")) ?? [];
		return count === undefined ? null : Number(count);
	} catch {
		return null;
	}
}
