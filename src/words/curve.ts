import type { Estimate, Findings, Fit } from "../analysis/findings.js";
import { isVague } from "../analysis/vague.js";
import { formatCount, formatInterval, formatNumber, none, plain, pointOf } from "./numbers.js";

type Regime = "perfect scaling" | "diminishing returns" | "maximal data parallelism";

const meanings: Readonly<Record<Regime, string>> = {
	"perfect scaling": "twice the batch size takes nearly half the steps",
	"diminishing returns": "a larger batch still saves steps, but uses more examples",
	"maximal data parallelism": "a larger batch saves hardly any steps",
};

/**
 * The regime of S(B) = S_min (1 + B_crit/B) that `batchSize` is in. Up to a quarter of B_crit at least 80 % of each example's worth is left
 * (efficiency 1/(1 + 1/4)); from four times B_crit on, S is within a quarter of S_min.
 */
function regimeOf(batchSize: number, criticalBatchSize: number): Regime {
	if (batchSize <= criticalBatchSize / 4) return "perfect scaling";
	return batchSize < 4 * criticalBatchSize ? "diminishing returns" : "maximal data parallelism";
}

/** The critical batch size, and where the recommended one stands relative to it: both with what they mean. */
export function regimeSentence({ fit, recommendation }: Findings): string {
	if (fit.verdict === "too few sizes") return "Too few batch sizes reached the goal to tell the critical batch size.";
	const sentences = [criticalSentence(fit)];
	if (recommendation.batchSize !== null && !isVague(fit.criticalBatchSize))
		sentences.push(placeSentence(recommendation.batchSize, fit.criticalBatchSize));
	if (fit.verdict === "not a hyperbola")
		sentences.push(
			"The runs do not follow the hyperbola S_min (1 + B_crit/B), so the critical batch size is a rough figure: " +
				`the exponent of B_crit/B is ${formatInterval(fit.exponent, plain)} instead of 1.`,
		);
	return sentences.join(" ");
}

function criticalSentence({ criticalBatchSize: critical, verdict }: Fit): string {
	const size = formatInterval(critical);
	const means = "well below it steps halve as the batch size doubles, well above it they stay the same";
	if (isVague(critical)) return `The critical batch size cannot be told well from these runs; the best guess is ${size} (${means}).`;
	if (verdict !== "no bend in the range tried") return `The critical batch size is ${size}: ${means}.`;
	return `The curve shows no bend in the range tried: the critical batch size ${size === none ? "cannot be told" : `is ${size}`} (${means}).`;
}

/** The regimes that the interval of B_crit allows; an open side allows anything. */
function placeSentence(batchSize: number, { low, high }: Estimate): string {
	const [fromHigh, fromLow] = [regimeOf(batchSize, high ?? Number.POSITIVE_INFINITY), regimeOf(batchSize, low ?? 0)];
	const size = `Batch size ${formatCount(batchSize)}`;
	if (fromHigh === fromLow) return `${size} is in the regime of ${fromLow}: ${meanings[fromLow]}.`;
	if (fromHigh === "perfect scaling" && fromLow === "maximal data parallelism")
		return `Which regime batch size ${formatCount(batchSize)} is in cannot be told.`;
	return `${size} is in the regime of ${fromHigh} or of ${fromLow}: the interval does not tell.`;
}

/** Of norms that trainers of the user's own tell; ours probes as many examples as can be of use. */
const remedy =
	" Norms from more examples, such as 16 groups of 64 drawn apart from the batch, are surer (docs/python.md, “Gradient noise”).";

/**
 * The critical batch size that the gradient noise scale predicts, beside the measured one; from the probed run at the recommended batch
 * size, or else the first. Null where no run was probed.
 */
export function noiseScaleSentence({ noiseScales, fit, recommendation }: Findings): string | null {
	const run = noiseScales.find(({ batchSize }) => batchSize === recommendation.batchSize) ?? noiseScales[0];
	if (run === undefined) return null;
	const where = `along ${run.runs === 1 ? "a run" : `${run.runs} runs`} at batch size ${formatCount(run.batchSize)}`;
	const predicted = pointOf(run.mean);
	if (predicted === null)
		return `What the gradient noise predicts, it cannot tell: ${where} the gradient was lost in its noise at some of the probes.${run.runs === 1 ? "" : remedy}`;
	const head = `The gradient noise scale ${where} predicts a critical batch size of ${formatInterval(run.mean)}`;
	const critical = fit.criticalBatchSize;
	if (critical.estimate === null)
		return `${head}; the measured one ${formatInterval(critical) === "—" ? "cannot be told" : `is ${formatInterval(critical)}`}.`;
	if (isVague(critical)) return `${head}; the measured one cannot be told well, the best guess is ${formatInterval(critical)}.`;
	return `${head}; the measured one is ${formatInterval(critical)}, ${formatNumber(critical.estimate / predicted)} times the prediction.`;
}
