import type { Findings } from "../analysis/findings.js";
import { isVague } from "../analysis/vague.js";
import { type CurveUnit, curveTrials, drawnSets, learningCurves, mostRuns } from "../charts/learning-curves.js";
import { noiseScaleChart } from "../charts/noise-scale-chart.js";
import { type MapCell, mapCells, rateMap } from "../charts/rate-map.js";
import { hasSeconds, timeExamplesChart } from "../charts/time-examples-chart.js";
import { tradeoffChart, tradeoffSigns } from "../charts/tradeoff-chart.js";
import { describeGoal } from "../core/goal.js";
import type { FinishedTrial } from "../core/trial.js";
import { designOf } from "../study/designs.js";
import type { Study } from "../study/study.js";
import { noiseScaleSentence, regimeSentence } from "../words/curve.js";
import type { ReportInput } from "../words/input.js";
import { formatCount } from "../words/numbers.js";
import { devicesSentence, rateRuleSentence } from "../words/scaling.js";
import { fitSentence } from "../words/sizes.js";
import { figure } from "./figures.js";
import { html, type Markup } from "./markup.js";
import { prose } from "./prose.js";

/** The charts in the order of the argument, each with what it shows in words. A chart that has nothing to show is not drawn. */
export function chartSections(all: ReportInput): readonly Markup[] {
	const { findings } = all;
	const input = { ...all, trials: all.trials.filter((trial) => isReported(trial, findings)) };
	const reached = findings.tradeoff.some((row) => row.steps.median !== null);
	const curves = curveTrials(input.trials);
	return [
		...(reached ? [tradeoffSection(input)] : []),
		...(mapCells(findings.tradeoff).length > 0 ? [ratesSection(input)] : []),
		...(curves.length > 0 ? [curvesSection(input, curves)] : []),
		...(hasSeconds(findings) ? [timeSection(input)] : []),
		...(reached && findings.noiseScales.length > 0 ? [noiseSection(input)] : []),
	];
}

/** Learning curves are of the rates that are reported: runs made elsewhere may have others. Where none is, any will do. */
const isReported = ({ spec }: ReportInput["trials"][number], { tradeoff }: ReportInput["findings"]): boolean =>
	tradeoff.every((row) => row.batchSize !== spec.batchSize || row.learningRate === null || row.learningRate === spec.learningRate);

function tradeoffSection({ stored: { study }, findings }: ReportInput): Markup {
	const fit = fitSentence(findings);
	const runs = Math.max(...findings.tradeoff.map((row) => row.runs.length));
	return html`<section id="tradeoff"><div class="explained"><h2>Steps against batch size</h2>
<p>The batch size is the number of examples that one step (one update of the weights) learns from. Steps-to-target is how many steps a run
takes to reach a ${describeGoal(study.goal)}, with the learning rate tuned for each batch size. ${prose(regimeSentence(findings))}</p></div>
${figure(
	(canvas) => tradeoffChart(canvas, findings),
	html`${tradeoffCaption(findings, runs).join(" ")}${fit === null ? null : html`<br>${prose(fit)}`}`,
)}</section>`;
}

/** What the signs mean that are drawn. */
function tradeoffCaption(findings: Findings, runs: number): readonly string[] {
	const signs = tradeoffSigns(findings);
	const missed = signs.triangles ? "; hollow triangles: the goal was not reached in that many steps" : "";
	const critical = isVague(findings.fit.criticalBatchSize) ? "which these runs can’t tell well" : "shaded over its interval";
	return [
		`Large dots: the median of ${formatCount(runs)} runs, with its 95 % interval; small dots: single runs${missed}.`,
		signs.straightLines
			? "Along the dotted slope, twice the batch size takes half the steps (perfect scaling); towards the dotted floor, a larger batch saves nothing more " +
				"(maximal data parallelism); in between, returns diminish."
			: null,
		signs.critical ? `The critical batch size is where the two cross, ${critical}.` : null,
		signs.predicted ? "The dashed line is what the gradient noise predicts for it." : null,
		findings.recommendation.verdict === "undecided" ? "Rings mark the sizes that can’t be told apart." : null,
	].filter((sentence) => sentence !== null);
}

function ratesSection({ stored: { study }, findings }: ReportInput): Markup {
	const rule = rateRuleSentence(findings);
	return html`<section id="rates"><div class="explained"><h2>The learning rate at every batch size</h2>
<p>The learning rate is the length of a step per unit of gradient. The best one changes with the batch size, so it was searched at each
on its own; a batch size compared at another’s rate would look worse than it is.${rule === null ? null : html` ${prose(rule)}`}</p></div>
${figure((canvas) => rateMap(canvas, findings), ratesCaption(mapCells(findings.tradeoff), study).join(" "))}</section>`;
}

/** What the cells mean that are drawn. */
function ratesCaption(cells: readonly MapCell[], study: Study): readonly string[] {
	const { traits, seeds } = designOf(study);
	const has = (state: MapCell["state"]) => cells.some((cell) => cell.state === state);
	const runs = seeds(study).tuning === 1 ? "in a tuning run" : "by the median of the tuning runs";
	return [
		`A cell is one learning rate at one batch size${has("measured") ? `: how many times the steps of the best it took, ${runs}` : ""}.`,
		has("best")
			? `The star is the rate ${traits.reportsBetweenRates ? "that the reporting runs took, which may lie between two that were tried" : "that was best on fresh runs"}.`
			: null,
		has("dropped") ? "A rate is dropped as soon as it can no longer win." : null,
		has("diverged") ? "A run has diverged when its loss grows without bound." : null,
	].filter((sentence) => sentence !== null);
}

/** What the curves are measured on. */
function curvesOn({ training, heldOut }: ReturnType<typeof drawnSets>): string {
	const axes = "All panels share their axes.";
	if (training && heldOut)
		return `on the examples it trained on and on held-out ones it never saw. ${axes} The distance between the two curves is the generalization gap.`;
	return `on ${training ? "the examples it trained on" : "held-out examples that it never saw"}. ${axes}`;
}

const allUnits: readonly (readonly [CurveUnit, string])[] = [
	["steps", "Against steps, the updates of the weights."],
	["epochs", "Against epochs, the passes over the training examples."],
	["examples", "Against examples used, which is what training costs."],
];

function curvesSection({ stored: { study } }: ReportInput, curves: readonly FinishedTrial[]): Markup {
	// Where nobody said how many examples there are, nobody knows how many make an epoch.
	const units = allUnits.filter(([unit]) => unit !== "epochs" || study.data.train > 0);
	return html`<section id="curves"><div class="explained"><h2>Learning curves</h2>
<p>How ${study.seeds.reporting > mostRuns ? `${mostRuns} of the ${formatCount(study.seeds.reporting)} reporting runs at each batch size` : "each reporting run"} went, ${curvesOn(drawnSets(study, curves))}</p></div>
<div class="units">
${units.map(([unit], i) => html`<input type="radio" name="unit" id="by-${unit}"${i === 0 ? html` checked` : null}><label for="by-${unit}">by ${unit}</label>`)}
${units.map(([unit, caption]) => figure((canvas) => learningCurves(canvas, study, curves, unit), caption, `by-${unit}`))}
</div></section>`;
}

function timeSection({ stored: { study }, findings }: ReportInput): Markup {
	const devices = devicesSentence(findings, study);
	return html`<section id="time"><div class="explained"><h2>Time against examples</h2>
<p>Small batches tend to use fewer examples, larger ones to use the machine better. What a batch size saves in time it may cost in examples, the
amount of computing; the sizes worth choosing lie on the lower left border.${devices === null ? null : html` ${prose(devices)}`}</p></div>
${figure(
	(canvas) => timeExamplesChart(canvas, findings),
	html`The path runs from the smallest batch size to the largest; bars are 95 % intervals. Whatever lies in the shaded region takes more time and
more examples than some other size. Rings mark what each objective would choose.`,
)}</section>`;
}

const probedAlong = ({ noiseScales }: Findings): string =>
	noiseScales.every(({ runs }) => runs === 1) ? "Probed along one run" : "Told by the reporting runs";

function noiseSection({ findings }: ReportInput): Markup {
	return html`<section id="noise"><div class="explained"><h2>What the gradient noise predicts</h2>
<p>The gradient of a small batch is a noisy estimate of that of all examples. The gradient noise scale is the batch size at which noise and signal
weigh the same; it can be measured within one run, and is meant to predict the critical batch size. ${prose(noiseScaleSentence(findings) ?? "")}</p></div>
${figure(
	(canvas) => noiseScaleChart(canvas, findings),
	html`${probedAlong(findings)} at each batch size, at its tuned learning rate; the mean over the run stands above each panel. It depends on the rate
and on the stretch of training: usually it rises as the gradient fades.`,
)}</section>`;
}
