import type { Findings, Fit, Regime } from "../analysis/findings.js";
import { isVague } from "../analysis/vague.js";
import type { Study } from "../study/study.js";
import { traitsOf } from "../study/workloads/table.js";
import { listed } from "./listed.js";
import { formatCount, formatInterval, formatNumber, none, plain, pointOf } from "./numbers.js";

const meanings: Readonly<Record<Regime, string>> = {
	"perfect scaling": "twice the batch size takes nearly half the steps",
	"diminishing returns": "a larger batch still saves steps, but uses more examples",
	"maximal data parallelism": "a larger batch saves hardly any steps",
};

/** The critical batch size, and where the recommended one stands relative to it: both with what they mean. */
export function regimeSentence({ fit, recommendation, regimes }: Findings): string {
	if (fit.verdict === "too few sizes") return "Too few batch sizes reached the goal to estimate the critical batch size.";
	const sentences = [criticalSentence(fit)];
	if (recommendation.batchSize !== null && regimes.length > 0) sentences.push(placeSentence(recommendation.batchSize, regimes));
	if (fit.verdict === "not a hyperbola")
		sentences.push(
			`The runs do not quite follow the curve S_min (1 + B_crit/B): ${whyNone(fit)}. So the critical batch size is a rough figure.`,
		);
	return sentences.join(" ");
}

function whyNone({ exponent, lackOfFit: { undercut } }: Fit): string {
	if (undercut.length === 0) return `the best exponent for B_crit/B is ${formatInterval(exponent, plain)}, not 1`;
	const sizes = `${undercut.length > 1 ? "batch sizes" : "batch size"} ${listed(undercut.map(formatCount))}`;
	return `at ${sizes} the measured steps lie below S_min, the least that the curve allows`;
}

function criticalSentence({ criticalBatchSize: critical, verdict }: Fit): string {
	const size = formatInterval(critical);
	const means = "well below it steps halve as the batch size doubles, well above it they stay the same";
	if (isVague(critical)) return `These runs barely constrain the critical batch size; the best guess is ${size} (${means}).`;
	if (verdict !== "no bend in the range tried") return `The critical batch size is ${size}: ${means}.`;
	return `The curve shows no bend in the range tried: the critical batch size is ${size === none ? "unknown" : size} (${means}).`;
}

/** The regimes that the interval of B_crit allows. */
function placeSentence(batchSize: number, regimes: readonly Regime[]): string {
	const size = formatCount(batchSize);
	const [first, second] = regimes;
	if (regimes.length === 1) return `Batch size ${size} is in the regime of ${first}: ${meanings[first]}.`;
	if (regimes.length === 2) return `Batch size ${size} is in the regime of ${first} or of ${second}: the interval allows both.`;
	return `The regime of batch size ${size} is unclear.`;
}

/** For gradient norms that the user's own code reports. The built-in trainer chooses its probes itself. */
const remedy =
	" Report norms over more examples, such as 16 groups of 64 drawn separately from the batch (docs/python.md, “Gradient noise”).";

/**
 * The critical batch size that the gradient noise scale predicts, next to the measured one; from the probed run at the recommended batch
 * size, or else the first. Under an optimizer such as Adam the figure alone. Null where no run was probed.
 */
export function noiseScaleSentence({ noiseScales, fit, recommendation }: Findings, { workload }: Pick<Study, "workload">): string | null {
	const run = noiseScales.find(({ batchSize }) => batchSize === recommendation.batchSize) ?? noiseScales[0];
	if (run === undefined) return null;
	const where = `along ${run.runs === 1 ? "a run" : `${run.runs} runs`} at batch size ${formatCount(run.batchSize)}`;
	const predicted = pointOf(run.mean);
	if (predicted === null)
		return `No prediction from the gradient noise: at some of the probes ${where} the gradient could not be separated from its noise.${traitsOf(workload).runsUserCode ? remedy : ""}`;
	if (run.isEuclideanOnly)
		return (
			`The gradient noise scale ${where} is ${formatInterval(run.mean)}, in the Euclidean norm. It predicts no critical batch size here: the optimizer divides ` +
			"the gradient by its own size, which changes what the noise means."
		);
	const head = `The gradient noise scale ${where} predicts a critical batch size of ${formatInterval(run.mean)}`;
	const critical = fit.criticalBatchSize;
	if (critical.estimate === null)
		return `${head}; the measured one is ${formatInterval(critical) === none ? "unknown" : formatInterval(critical)}.`;
	if (isVague(critical)) return `${head}; the measured one is barely constrained, the best guess is ${formatInterval(critical)}.`;
	return `${head}; the measured one is ${formatInterval(critical)}, ${formatNumber(critical.estimate / predicted)} times the prediction.`;
}
