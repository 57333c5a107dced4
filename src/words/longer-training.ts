import type { Study } from "../study/study.js";
import { isCommand, traitsOf } from "../study/workloads/table.js";
import { formatCount } from "./numbers.js";

/** An argument that says how long a script trains, as it is usually named; with its value where one word holds both. */
const lengthArgument =
	/^--?(?:(?:max|num|n|total|train|num[-_]train|max[-_]train)[-_])?(?:epochs?|steps|iters|iterations|updates)(?:=\d+)?$/i;

/** What keeps runs from ending by themselves, as a clause: names the argument where the command has a usual one. */
export function longerTraining({ workload }: Pick<Study, "workload">): string {
	if (!traitsOf(workload).isProcess) return "let the trainer go on for longer";
	const own = isCommand(workload) ? lengthIn(workload.command) : null;
	return own === null
		? "let the script train for longer (its --epochs or the like, in workload.command)"
		: `let the script train for longer (${own}, in workload.command)`;
}

/** `--epochs 3` or `--epochs=3`, as it stands in the command; null where there is none with a number. */
function lengthIn(command: readonly string[]): string | null {
	for (const [i, word] of command.entries()) {
		if (!lengthArgument.test(word)) continue;
		if (word.includes("=")) return word;
		if (/^\d+$/.test(command[i + 1] ?? "")) return `${word} ${command[i + 1]}`;
	}
	return null;
}

/** `12 of 40 trials ended by themselves` */
export const stoppedTrials = (stopped: number, trials: number): string =>
	`${formatCount(stopped)} of ${formatCount(trials)} trials ended by ${stopped === 1 ? "itself" : "themselves"}`;

export const theirLimit = (trials: number): string => (trials === 1 ? "its limit" : "their limits");
