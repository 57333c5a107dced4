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

/** Bytes of memory that a process holds, its share of what it has in common with others; 0 where the system doesn't say. */
export const memoryOf = (id: number): number =>
	kibibytes(textOf(`/proc/${id}/smaps_rollup`), "Pss") ?? kibibytes(textOf(`/proc/${id}/status`), "VmRSS") ?? 0;

/**
 * Bytes that processes may still take before the system, or a limit on the group of processes that this one is in, runs out; null where
 * neither says.
 */
export function freeMemory(): number | null {
	const known = [kibibytes(textOf("/proc/meminfo"), "MemAvailable"), ...controlGroups().map(freeOf)].filter((free) => free !== null);
	return known.length > 0 ? Math.min(...known) : null;
}

/**
 * The files of a control group that limit its memory. Files that were read and can be dropped count as taken there; `cached` is how many.
 */
interface ControlGroup {
	readonly limit: string;
	readonly usage: string;
	readonly statistics: string;
	readonly cached: string;
}

const mounted = "/sys/fs/cgroup";

/** Of this process, those around it, and the whole container's, where the path is one that the container doesn't show. */
function controlGroups(): readonly ControlGroup[] {
	const own = textOf("/proc/self/cgroup");
	const unified = /^0::(\/.*)$/m.exec(own)?.[1];
	const former = /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(\/.*)$/m.exec(own)?.[1];
	return [
		...foldersUp(unified).map((path) => groupIn(`${mounted}${path}`, "memory.max", "memory.current", "inactive_file")),
		...foldersUp(former).map((path) =>
			groupIn(`${mounted}/memory${path}`, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
		),
	];
}

const groupIn = (folder: string, limit: string, usage: string, cached: string): ControlGroup => ({
	limit: `${folder}/${limit}`,
	usage: `${folder}/${usage}`,
	statistics: `${folder}/memory.stat`,
	cached,
});

/** `/a/b`, `/a` and the empty path; none where there is no path. */
function foldersUp(path: string | undefined): readonly string[] {
	if (path === undefined) return [];
	const parts = path.split("/").filter((part) => part !== "");
	return [...parts.map((_, i) => `/${parts.slice(0, parts.length - i).join("/")}`), ""];
}

/** Null where there is no such group, or no limit. */
function freeOf({ limit, usage, statistics, cached }: ControlGroup): number | null {
	const [most, used] = [limit, usage].map((file) => /^\d+$/m.exec(textOf(file))?.[0]);
	if (most === undefined || used === undefined) return null;
	const droppable = new RegExp(`^${cached} (\\d+)$`, "m").exec(textOf(statistics))?.[1] ?? "0";
	return Math.max(0, Number(most) - Number(used) + Number(droppable));
}

function textOf(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return "";
	}
}

/** A line such as `Pss:   1234 kB`, in bytes. */
function kibibytes(text: string, name: string): number | null {
	const count = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
	return count === undefined ? null : 1024 * Number(count);
}
