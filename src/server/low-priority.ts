import { constants, setPriority } from "node:os";

/**
 * Lowers the priority of this thread, so that training goes first. It can't be raised again. On Linux each thread has its own; elsewhere this
 * would slow down the answers too, so nothing is changed. Not the lowest: between threads that train on every core, that one would hardly
 * ever run.
 */
export function lowerPriority(): void {
	if (process.platform === "linux") setPriority(Math.round(constants.priority.PRIORITY_BELOW_NORMAL / 2));
}
