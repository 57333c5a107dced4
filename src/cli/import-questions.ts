import { SweetspotError } from "../core/errors.js";
import { stepWords } from "../store/import/tracked/answers.js";
import { formatNames } from "../trackers/find/formats.js";
import type { AskedName, Unanswered } from "../trackers/unanswered.js";
import { goalOf } from "./goal-flags.js";
import { answersOf } from "./import-answers.js";
import { choiceOf, type RawOptions, wholeOf } from "./options.js";
import type { Shell } from "./shell.js";

const questions: Readonly<Record<AskedName, string>> = {
	goal: "What must a run reach? For example validation.accuracy>=0.9, or validation.loss<=0.3.",
	examples: "How many examples does the training set have? The length of an epoch follows from it.",
	from: `Which format is to be read: ${formatNames.join(", ")}?`,
	group: "Which of them is to be imported?",
	batchSizeKey: "Which setting is the batch size?",
	learningRateKey: "Which setting is the learning rate?",
	metricKey: "What do the runs call the goal's metric?",
	stepsAre: `What does a step count: ${stepWords.join(", ")}? (From 0: it is the index of the last one.)`,
	devices: "How many devices took a batch each? (1: there was one, or they shared it.)",
	accumulation: "How many batches made one update? (1: one.)",
};

/** Asks for what isn't known, each until the answer can be read. Returns the options with the answers. */
export async function answered(
	shell: Shell,
	ask: NonNullable<Shell["ask"]>,
	options: RawOptions,
	missing: Unanswered,
): Promise<RawOptions> {
	shell.say(`${missing.detail[0].toUpperCase()}${missing.detail.slice(1)}.`);
	let known = options;
	for (const name of missing.asks) {
		for (let wrong: string | null = ""; wrong !== null; ) {
			const said = await ask(questions[name]);
			const next: RawOptions = { ...known, [name]: said };
			wrong = said === "" ? "an answer is needed" : whatIsWrongWith(next, name, shell.environment);
			if (wrong === null) known = next;
			else shell.say(`${wrong}; or press Ctrl-C, and nothing is imported`);
		}
	}
	return known;
}

function whatIsWrongWith(options: RawOptions, name: AskedName, environment: NodeJS.ProcessEnv): string | null {
	try {
		if (name === "goal") goalOf(options, environment);
		else if (name === "examples") wholeOf(options, "examples", 1, environment);
		else if (name === "from") choiceOf(options, "from", formatNames, environment);
		else answersOf(options, environment);
		return null;
	} catch (error) {
		if (error instanceof SweetspotError) return error.detail;
		throw error;
	}
}
