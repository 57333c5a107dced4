import type { FinishedTrial } from "../../core/trial.js";
import { formatCount, formatRate } from "../../words/numbers.js";
import { oneLine } from "./text.js";

/**
 * The trials that failed, and how the last one did, with the last lines of its output; null where none did. `logs`: the folder of the
 * study's logs, if there is one.
 */
export function failuresText(trials: readonly FinishedTrial[], logs: string | null): string | null {
	const failed = trials.filter(({ result }) => result.outcome === "failed");
	const last = failed.at(-1);
	if (!last) return null;
	const { batchSize, learningRate, seedIndex } = last.spec;
	const [how = "", ...lines] = last.result.message?.split("\n") ?? [];
	const which = `batch ${formatCount(batchSize)}, lr ${formatRate(learningRate)}, seed ${seedIndex}`;
	return [
		`${formatCount(failed.length)} of ${formatCount(trials.length)} trials failed; the last one (${which}): ${oneLine(how)}`,
		...lines.map((line) => `  ${oneLine(line)}`),
		...(logs === null ? [] : [`All they printed: ${logs}`]),
	].join("\n");
}
