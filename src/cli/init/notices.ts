import type { ScriptArguments } from "./script-arguments.js";

/** What scripts and frameworks call schedules of the learning rate. */
const schedules = [
	/\b(?:CosineAnnealing(?:LR|WarmRestarts)?|StepLR|MultiStepLR|OneCycleLR|ExponentialLR|LinearLR|PolynomialLR|LambdaLR|CyclicLR|ReduceLROnPlateau)\b/,
	/\b(?:CosineDecay|ExponentialDecay|PiecewiseConstantDecay|PolynomialDecay|InverseTimeDecay|LearningRateScheduler)\b/,
	/\bget_(?:linear|cosine|polynomial|constant)\w*_schedule\w*|\bget_scheduler\b/,
	/\b(?:cosine|linear|exponential|warmup_cosine|cosine_onecycle|linear_onecycle)\w*_schedule\b|\bcosine_decay\w*/,
	/\blr[-_]scheduler(?:[-_]type)?\b|\blr[-_]decay(?:[-_]\w+)?\b|\bdecay[-_]lr\b/i,
	/["']--(?:lr[-_])?schedule(?:r|[-_]type)?["']/,
	/\bwarm-?_?up[-_](?:steps|iters|ratio|epochs|iterations)\b/i,
	/\bTrainingArguments\b/, // Hugging Face's trainer decays the rate linearly unless it is asked not to
];

const rate = String.raw`\w*(?:lr|learning_rate|learningRate)\b["'\]]*`;

/** How schedules are written without a name. */
const writtenByHand: readonly (readonly [RegExp, string])[] = [
	[/\(\s*1(?:\.0?)?\s*\+\s*(?:\w+\.)*cos\s*\(/, "a cosine, written by hand"],
	[new RegExp(String.raw`${rate}\s*\*\s*\(\s*1(?:\.0?)?\s*-\s*[\w.]+\s*/`), "a rate that falls by steps taken over all steps"],
	[new RegExp(String.raw`${rate}\s*(?:\*=\s*(?:0?\.\d|\w*(?:gamma|decay|factor|drop))|/=\s*\d)`), "a rate that is multiplied as it trains"],
	[new RegExp(String.raw`${rate}\s*\*\s*[\w.]+\s*\*\*\s*\(?\s*\w*(?:epoch|step|iter)`), "a rate that falls by a power"],
	[new RegExp(String.raw`${rate}\s*/\s*\(\s*1(?:\.0?)?\s*\+`), "a rate that falls as 1/t"],
];

/** What a script or its help calls the schedule of its learning rate, or how it is written by hand; null where none is seen. */
export function scheduleIn(text: string): string | null {
	const code = text.replace(/^[ \t]*#.*$/gm, "");
	for (const name of schedules) {
		const found = name.exec(code);
		if (found) return found[0].replace(/["']/g, "");
	}
	return writtenByHand.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}

/** Whether what it trains on are sequences of tokens, so that “examples” may be taken for either. */
export const isAboutSequences = (text: string): boolean =>
	/\b(?:block_size|tokenizer|perplexity|seq(?:uence)?_len(?:gth)?|context_length|n_positions|max_seq\w*|vocab_size)\b/i.test(text);

/** What a batch of sequences counts. */
export const sequencesWords =
	"Count what the batch size counts: for a language model that is sequences as a rule, so tokens ÷ tokens of a sequence, and not tokens.";

/** How the script is accumulated, in a sentence; null where a batch is one update. */
export function accumulationWords({ accumulation, batchSize }: ScriptArguments): string | null {
	if (accumulation === null || (accumulation.value ?? 1) <= 1) return null;
	const times = accumulation.value ?? 1;
	const update = batchSize?.value ? `: an update uses ${times * batchSize.value} examples, ${batchSize.value} at a time` : "";
	return `It accumulates gradients over ${times} batches (${bare(accumulation.written)})${update}. What is searched and reported is the size of an update; the study divides it for the script.`;
}

/** What a schedule of the learning rate means for the answer. `epochs`: its argument for the epochs, where init writes it. */
export function scheduleWords(schedule: string, epochs: string | null): string {
	const stretched =
		epochs === null
			? "If it decays towards a planned end, the answer holds for trainings of that length only."
			: `If it decays towards the last epoch, it hardly begins to with ${bare(epochs)} 100000, and the answer is about a nearly constant rate; if it decays after a fixed number of steps or epochs, the answer holds for that only.`;
	return `It has a schedule of the learning rate (${schedule}), and init found no setting that says how long it trains. A trial ends at its goal or limit, wherever the schedule is by then. ${stretched} If it takes its length from an argument, hand over {epochs} or {steps} there, with \`schedule: tied\` in \`workload\` and a goal of the best end (docs/schedules.md); else turn the schedule off while tuning.`;
}

export const bare = (written: string): string => written.replace(/=$/, "");
