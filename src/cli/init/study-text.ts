import type { Goal } from "../../core/goal.js";
import type { GuessedPatterns } from "./guess-patterns.js";
import { inline } from "./inline-yaml.js";

/** What a study of a training script is written from. */
export interface ScriptStudy {
	readonly name: string;
	/** With placeholders. */
	readonly command: readonly string[];
	/** Relative to the study file; null: its own folder. */
	readonly directory: string | null;
	/** Null where nobody told. */
	readonly examples: number | null;
	/** Empty where the script speaks the protocol, or nothing is known. */
	readonly patterns: GuessedPatterns;
	readonly goal: Goal;
	/** The script's flag for how many epochs it trains, and whether the user's own command has it; null where its help shows none. */
	readonly epochs: { readonly flag: string; readonly isGiven: boolean } | null;
}

/** A study file for a script, with a comment on every key. */
export function scriptStudyText({ name, command, directory, examples, patterns, goal, epochs }: ScriptStudy): string {
	const most = Math.min(1024, examples ?? 1024);
	return `# Made by \`sweetspot init\`. What each key means: docs/study.md and docs/training-scripts.md.
version: 1
name: ${inline(name)}
workload:
  # Program and arguments; there is no shell. What stands in braces is what each trial tries.${epochs === null ? "" : epochsComment(epochs)}
  command: ${inline(command)}${directory === null ? "" : `\n  directory: ${inline(directory)}`}
${
	examples === null
		? "  # examples: 50000   # how many examples the training set has: needed for epochs, and for the batch size full"
		: `  examples: ${examples}`
}
${
	Object.keys(patterns).length === 0
		? ""
		: `  # How figures are found in what it prints: a group around each number. scale: 0.01 makes shares of percentages.\n${callsItTest(patterns) ? testComment : ""}  metrics:\n${Object.entries(
				patterns,
			)
				.map(([key, pattern]) => `    ${key}: ${inline(Object.keys(pattern).length === 1 ? pattern.pattern : pattern)}\n`)
				.join("")}`
}# What a run must reach: a value that a good run comes to well before its end.
goal: ${inline(goal)}
# Sizes to choose from.
batchSizes: { from: ${Math.min(8, most)}, to: ${most}, factor: 2 }
# The range of learning rates that is searched at every size, in half octaves; it is widened where the best lies at its edge.
tune: { learningRate: { from: 0.0001, to: 1 } }
# Where each trial ends at the latest${examples === null ? "" : ": after the larger of the two"}.
limits: { ${examples === null ? "" : "epochs: 20, "}steps: 2000 }
# What the whole study may take; or { seconds: 7200 }. Without it the study is complete, and takes some hundred trials.
budget: { trials: 40 }
# fastest, cheapest (fewest examples), or balanced.
objective: balanced
`;
}

/** A figure of what the script calls its test set stands in for the validation set's. */
const callsItTest = (patterns: GuessedPatterns): boolean =>
	Object.entries(patterns).some(([key, { pattern }]) => key.startsWith("validation.") && /\btest/i.test(pattern));

const testComment =
	"  # The script calls this set its test set. A batch size and a rate that are chosen by it fit it a little too well: keep other examples for a last test.\n";

/** A script that ends by itself after some epochs gives large batches fewer steps than small ones. */
const epochsComment = ({ flag, isGiven }: NonNullable<ScriptStudy["epochs"]>): string =>
	isGiven
		? `
  # Trials are ended by Sweetspot, at the goal or at limits below. Your ${flag} may end them before, and large batches then get fewer steps than small ones:
  # make it larger than any trial needs, unless the script makes a schedule of the learning rate from it.`
		: `
  # Trials are ended by Sweetspot, at the goal or at limits below: ${flag} is larger than any of them needs, so that large batches get their steps as well.
  # If the script makes a schedule of the learning rate from it, leave the schedule out while tuning, or make it from a number of steps, the same in every trial.`;
