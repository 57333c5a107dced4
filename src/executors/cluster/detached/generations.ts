import { closeSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Who may go on with a detached study. Each controller has a number, its generation, and may publish and submit only after it has claimed the
 * next one: a file that one process alone can make. A controller that wakes up late finds it taken, and ends without having written.
 */
const fileOf = (folder: string, number: number): string => join(folder, `generation-${number}`);

/** Claims a generation. False where it is taken. */
export const claimGeneration = (folder: string, number: number): boolean => made(fileOf(folder, number));

/** Claims the generation after the highest one, and returns it. Whoever went on until now can't publish any more. */
export function claimNextGeneration(folder: string): number {
	for (let number = highestGeneration(folder) + 1; ; number++) if (claimGeneration(folder, number)) return number;
}

/** 0: none was claimed yet. */
export const highestGeneration = (folder: string): number =>
	readdirSync(folder).reduce((most, name) => Math.max(most, Number(/^generation-(\d+)$/.exec(name)?.[1] ?? 0)), 0);

/**
 * Claims a start of a generation's controller: Slurm may start it again after its node failed, or may have got it twice. False where this
 * start was claimed already. `restarts`: how often Slurm has started it before.
 */
export const claimControllerStart = (folder: string, number: number, restarts: number): boolean =>
	made(`${fileOf(folder, number)}.start-${restarts}`);

function made(file: string): boolean {
	try {
		closeSync(openSync(file, "wx", 0o600));
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
		throw error;
	}
}
