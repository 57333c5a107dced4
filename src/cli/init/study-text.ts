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
	/** The script's flag for how long it trains; null where it shows none. */
	readonly epochsFlag: string | null;
}

/** A study file for a script, with a comment on every key. */
export function scriptStudyText({ name, command, directory, examples, patterns, goal, epochsFlag }: ScriptStudy): string {
	const most = Math.min(1024, examples ?? 1024);
	return `# Made by \`sweetspot init\`. What each key means: docs/study.md and docs/training-scripts.md.
version: 1
name: ${inline(name)}
workload:
  # Program and arguments; there is no shell. What stands in braces is what each trial tries.${
		epochsFlag === null
			? ""
			: `\n  # Trials end when Sweetspot says so: with ${epochsFlag}, let the script go on for longer than limits says below.`
	}
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
