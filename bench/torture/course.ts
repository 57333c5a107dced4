import type { Problem } from "./problem.js";

/** How a campaign follows its course: hears how far it is and what it finds, and says when to end early. */
export interface Course {
	say(text: string): void;
	/** Aborted: what is under way is finished, nothing more begins, and the figures are of what was run. */
	readonly stop: AbortSignal;
}

/** Keeps a problem, and says it at once: a campaign takes an hour. */
export function keep({ say }: Course, problems: Problem[], problem: Problem): void {
	problems.push(problem);
	say(`\nafter ${problem.after}:\n  ${problem.found}\n`);
}
