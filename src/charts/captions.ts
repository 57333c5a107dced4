import type { Findings } from "../analysis/findings.js";
import { type LearningCurve, mostCurves } from "../analysis/learning-curves.js";
import { isVague } from "../analysis/vague.js";
import type { Design } from "../study/contracts.js";
import type { Study } from "../study/study.js";
import { formatCount } from "../words/numbers.js";
import { curveMetric } from "./curve-metric.js";
import { drawnSets } from "./drawn-sets.js";
import type { CurveRuns } from "./learning-curves.js";
import { mapCells } from "./rate-map.js";
import { tradeoffSigns } from "./tradeoff-chart.js";

/** What the signs of the tradeoff chart mean, those that are drawn. */
export function tradeoffCaption(findings: Findings): string {
	const signs = tradeoffSigns(findings);
	const runs = Math.max(...findings.tradeoff.map((row) => row.runs.length));
	const missed = signs.triangles ? "; hollow triangles: the goal was not reached in that many steps" : "";
	const critical = isVague(findings.fit.criticalBatchSize) ? "which these runs barely constrain" : "shaded over its interval";
	return joined([
		`Large dots: the median of ${formatCount(runs)} runs, with its 95 % interval; small dots: single runs${missed}.`,
		signs.straightLines
			? "Along the dotted slope, twice the batch size takes half the steps (perfect scaling); near the dotted floor, a larger batch saves nothing more " +
				"(maximal data parallelism); in between, returns diminish."
			: null,
		signs.critical ? `The critical batch size is where the two cross, ${critical}.` : null,
		signs.predicted ? "The dashed line is what the gradient noise predicts for it." : null,
		findings.recommendation.verdict === "undecided" ? "Rings mark the sizes that are statistically tied." : null,
	]);
}

/** What the cells of the rate map mean, those that are drawn. */
export function ratesCaption({ tradeoff }: Findings, { seeds }: Pick<Design, "seeds">, study: Study): string {
	const states = new Set(mapCells(tradeoff).map(({ state }) => state));
	const runs = seeds(study).tuning === 1 ? "in a tuning run" : "by the median of the tuning runs";
	return joined([
		`Each cell is one learning rate at one batch size.${states.has("measured") ? ` Its figure is how many times as many steps it took as the best rate, ${runs}.` : ""}`,
		states.has("best") ? "The star is the rate that was best on fresh runs." : null,
		states.has("dropped") ? "A rate is dropped as soon as it can no longer win." : null,
		states.has("diverged") ? "A run has diverged when its loss grows without bound." : null,
	]);
}

/** Which runs the learning curves are of, and on which examples they were measured. */
export function curvesCaption(study: Pick<Study, "goal" | "seeds">, curves: readonly LearningCurve[], runs: CurveRuns = "folded"): string {
	const { reporting } = study.seeds;
	const some = reporting > mostCurves ? `${mostCurves} of the ${formatCount(reporting)} reporting runs at each batch size` : null;
	const isFolded = runs === "folded" && curves.length > new Set(curves.map(({ batchSize }) => batchSize)).size;
	const drawn = isFolded
		? `The median of ${some ?? "the reporting runs at each batch size"} and the middle half of them`
		: `How ${some ?? "each reporting run"} went`;
	const rule = isFolded ? " A run that has ended counts with its last value." : "";
	const { training, heldOut } = drawnSets(study, curves);
	const axes = "All panels share their axes.";
	const { ofSet } = curveMetric(study.goal, curves);
	if (!ofSet) return `${drawn}, by ${study.goal.metric} as it was measured there.${rule} ${axes}`;
	if (training && heldOut)
		return `${drawn}, on the examples trained on and on held-out ones never seen in training.${rule} ${axes} The distance between the two curves is the generalization gap.`;
	return `${drawn}, on ${training ? "the examples trained on" : "held-out examples never seen in training"}.${rule} ${axes}`;
}

/** Where the noise scale was probed. */
export const noiseScaleCaption = ({ noiseScales }: Findings): string =>
	`${noiseScales.every(({ runs }) => runs === 1) ? "Probed along one run" : "From the reporting runs"} at each batch size, at its tuned learning rate; ` +
	"the mean over the run stands above each panel. The noise scale depends on the rate and on how far training has got: it usually rises as the gradient shrinks.";

const joined = (sentences: readonly (string | null)[]): string => sentences.filter((sentence) => sentence !== null).join(" ");
