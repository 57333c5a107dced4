import { stringify } from "yaml";
import type { Goal } from "../../core/goal.js";
import type { FileWritten } from "./files-written.js";
import { type GuessedPatterns, guessedEntries } from "./guess-patterns.js";
import { inline } from "./inline-yaml.js";
import type { PlannedLength } from "./length.js";
import type { Measured } from "./measured.js";
import { scheduleWords } from "./notices.js";
import type { OwnSetting } from "./own-setting.js";
import { lengthWords } from "./planned-length.js";
import { ratesAround, sizesAround } from "./ranges.js";
import type { Metrics } from "./source.js";

/** What a study of a training script is written from. */
export interface ScriptStudy {
	readonly name: string;
	/** With placeholders. */
	readonly command: readonly string[];
	/** Written for each trial; null where the script takes arguments. */
	readonly files: Readonly<Record<string, string>> | null;
	/** The most examples at once, where gradients are accumulated. */
	readonly microBatch: number | null;
	/** Relative to the study file; null: its own folder. */
	readonly directory: string | null;
	/** Null where it isn't known. */
	readonly examples: number | null;
	/** Empty where the script speaks the protocol, or nothing is known. */
	readonly patterns: GuessedPatterns;
	/** Files with its metrics; null or absent where it prints them. */
	readonly written?: FileWritten | null;
	/** How its trackers are heard; null or absent where they aren't. */
	readonly heard?: Metrics | null;
	readonly goal: Goal;
	/** What a try measured; null or absent where it measured nothing. */
	readonly measured?: Measured | null;
	/** What the script is run with when it isn't tuned. */
	readonly own: OwnSetting;
	/** What it calls the schedule of its learning rate; null where none is seen. */
	readonly schedule: string | null;
	/** The script's flag for how many epochs it trains, and whether the user's own command has it; null where its help shows none. */
	readonly epochs: { readonly flag: string; readonly isGiven: boolean } | null;
	/** The length that its schedule follows; null where trials aren't given their length. */
	readonly planned: PlannedLength | null;
}

/** A study file for a script, with a comment on every key. */
export function scriptStudyText({
	name,
	command,
	files,
	microBatch,
	directory,
	examples,
	patterns,
	goal,
	own,
	schedule,
	epochs,
	measured,
	planned,
	written,
	heard,
}: ScriptStudy): string {
	const sizes = sizesAround(own.batchSize, examples);
	return `# Made by \`sweetspot init\`. What each key means: docs/study.md and docs/training-scripts.md.
version: 1
name: ${inline(name)}
workload:
  # Program and arguments; there is no shell. What stands in braces is what each trial tries.${epochs === null || planned !== null ? "" : epochsComment(epochs, schedule !== null)}${schedule === null || planned !== null ? "" : scheduleComment(schedule, epochs)}
  command: ${inline(command)}${directory === null ? "" : `\n  directory: ${inline(directory)}`}${files === null ? "" : filesText(files)}${microBatch === null ? "" : partsText(microBatch)}
${
	examples === null
		? "  # examples: 50000   # how many examples the training set has: needed for epochs, and for the batch size full"
		: `  examples: ${examples}`
}${planned === null ? "" : `\n  # Its learning rate follows the length that it is given, so that only the end of a trial counts.\n  schedule: tied`}
${
	Object.keys(patterns).length === 0
		? ""
		: `  # How figures are found in what it prints: a group around each number. scale: 0.01 makes shares of percentages.\n${callsItTest(patterns) ? testComment : ""}  metrics:\n${guessedEntries(
				patterns,
			)
				.map(([key, pattern]) => `    ${inline(key)}: ${inline(Object.keys(pattern).length === 1 ? pattern.pattern : pattern)}\n`)
				.join("")}`
}${written ? writtenText(written) : ""}${heard ? `  # What it sends to its trackers is heard as it is sent. They keep it in {trialFolder}, and send nothing anywhere.\n  metrics: ${inline(heard)}\n` : ""}${measured ? `  # Measured by init on this machine, for \`sweetspot plan\`; no part of what the study asks.\n  measured: ${inline(measured)}\n` : ""}${goalComment(planned, goal, own)}
goal: ${inline(goal)}
# Sizes to choose from${own.batchSize === null ? "" : `, around the script's own ${own.batchSize}`}.
batchSizes: { from: ${sizes.from}, to: ${sizes.to}, factor: 2 }
# The range of learning rates that is searched at every size, in half octaves${own.learningRate === null ? "" : `, around the script's own ${own.learningRate}`}; it is widened where the best lies at its edge.
tune: { learningRate: ${inline(ratesAround(own.learningRate))} }
${planned === null ? limitsText(own, examples) : plannedText(planned, goal, own)}`;
}

function goalComment(planned: PlannedLength | null, { best }: Goal, own: OwnSetting): string {
	if (planned === null) return "# What a run must reach: a value that a good run comes to well before its end.";
	if (best === undefined) return "# What a training must end with: the least length whose end meets it is looked for.";
	const inExamples = planned.unit === "steps" && own.batchSize !== null;
	return [
		`# The best end of a training of ${lengthWords(planned, own.batchSize)}.${inExamples ? " At equal steps a larger batch would see more, and nearly always end better." : ""}`,
		"# give: the most that a larger batch may lose; a proposal, yours to set.",
	].join("\n");
}

/** What a study costs whose trainings have a planned length, or how long they may be. */
const plannedText = ({ unit, count }: PlannedLength, { best }: Goal, own: OwnSetting): string =>
	best === undefined
		? `# The longest training that is tried.\nlimits: { ${unit === "epochs" ? `epochs: ${count}, steps: 1` : `steps: ${count}`} }\n${baselineText(own)}`
		: `# The price of the answer, in trainings of the whole length: more of them run more fresh seeds.\nbudget: { trainings: 10 }\n${baselineText(own)}`;

/** Where trials end, what they may cost, and what is compared: of a study of a value to reach. */
const limitsText = (
	own: OwnSetting,
	examples: number | null,
): string => `# Where each trial ends at the latest${examples === null ? "" : ": after the larger of the two"}.
limits: { ${examples === null ? "" : "epochs: 20, "}steps: 2000 }
# The price of the answer, in trainings (runs to the goal at the recommended setting). 5: a first guess, for about seven; 40: a surer one.
# Or { trials: 40 }, { seconds: 7200 }; without it the study is whole, with intervals and a verdict, and takes some hundred trials.
budget: { trainings: 20 }
${baselineText(own)}# fastest, cheapest (fewest examples), or balanced.
objective: balanced
`;

const baselineText = (own: OwnSetting): string =>
	own.batchSize === null || own.learningRate === null
		? ""
		: `# Your own setting, run at the end on the seeds of the recommended one, so that the answer says what is gained. No part of the search; omit it to save these runs.\nbaseline: ${inline(own)}\n`;

const filesText = (files: Readonly<Record<string, string>>): string => {
	const lines = stringify({ files }, { lineWidth: 0, blockQuote: "literal" }).trimEnd().split("\n");
	return `\n  # Written for every trial into a folder of its own, {trialFolder}.\n${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}`;
};

const partsText = (microBatch: number): string =>
	`\n  # The most examples at once: {microBatch} × {accumulation} is the batch size that is tried. \`sweetspot fits\` finds the most that fit into memory.\n  microBatch: ${microBatch}`;

const writtenText = ({ metrics }: FileWritten): string =>
	`  # The file that it writes its metrics to. So that several trials can run at once, let it write below {trialFolder}.\n  metrics: ${inline(metrics)}\n`;

/** A figure of what the script calls its test set stands in for the validation set's. */
const callsItTest = (patterns: GuessedPatterns): boolean =>
	guessedEntries(patterns).some(([key, { pattern }]) => key.startsWith("validation.") && /\btest/i.test(pattern));

const testComment =
	"  # The script calls this set its test set. A batch size and a rate that are chosen by it fit it a little too well: keep other examples for a last test.\n";

/** A script that ends by itself after some epochs gives large batches fewer steps than small ones. */
const epochsComment = ({ flag, isGiven }: NonNullable<ScriptStudy["epochs"]>, hasSchedule: boolean): string =>
	isGiven
		? `
  # Trials are ended by Sweetspot, at the goal or at limits below. Your ${flag} may end them before, and large batches then get fewer steps than small ones:
  # make it larger than any trial needs, unless the script makes a schedule of the learning rate from it.`
		: `
  # Trials are ended by Sweetspot, at the goal or at limits below: ${flag} is larger than any of them needs, so that large batches get their steps as well.${hasSchedule ? "" : withoutSchedule}`;

const withoutSchedule =
	"\n  # If the script makes a schedule of the learning rate from it, leave the schedule out while tuning, or make it from a number of steps, the same in every trial.";

const scheduleComment = (schedule: string, epochs: ScriptStudy["epochs"]): string =>
	`\n${scheduleWords(schedule, epochs === null || epochs.isGiven ? null : epochs.flag)
		.replace(/(^|(?<=[.]) )(?=[A-Z])/g, "\n  # ")
		.trimStart()
		.replace(/^/, "  ")}`;
