import { type AxisPart, isWhole, wholeAxis } from "../charts/axis-part.js";
import { curvesCaption, noiseScaleCaption, ratesCaption, tradeoffCaption } from "../charts/captions.js";
import { ladderChart } from "../charts/ladder-chart.js";
import { type CurveUnit, learningCurves } from "../charts/learning-curves.js";
import { noiseScaleChart } from "../charts/noise-scale-chart.js";
import { mapCells, rateMap } from "../charts/rate-map.js";
import { hasSeconds, timeExamplesChart } from "../charts/time-examples-chart.js";
import { tradeoffChart } from "../charts/tradeoff-chart.js";
import { describeGoalWithArticle } from "../core/goal.js";
import type { LadderArm } from "../core/ladder.js";
import { designOf } from "../study/designs.js";
import type { StudyView } from "../words/view.js";
import { type ChartsChoice, usualCharts } from "./charts-choice.js";
import { figure } from "./figures.js";
import { type Content, html, type Markup } from "./markup.js";
import { prose } from "./prose.js";
import type { Section } from "./section.js";

/** The charts in the order of the argument, each with what it shows in words. A chart that has nothing to show is not drawn. */
export function chartSections(view: StudyView, choice: ChartsChoice = usualCharts): readonly Section[] {
	const { findings, curves } = view;
	const { ladder } = findings;
	const reached = findings.tradeoff.some((row) => row.steps.median !== null);
	return [
		{ name: "ladder", content: ladder ? ladderSection(view, ladder) : null },
		{ name: "tradeoff", content: reached && !ladder ? tradeoffSection(view, choice) : null },
		{ name: "rates", content: !ladder && mapCells(findings.tradeoff).length > 0 ? ratesSection(view) : null },
		{ name: "curves", content: curves.length > 0 ? curvesSection(view, choice) : null },
		{ name: "time", content: !ladder && hasSeconds(findings) ? timeSection(view) : null },
		{ name: "noise", content: reached && findings.noiseScales.length > 0 ? noiseSection(view) : null },
	];
}

/** A sentence that may have nothing to say, after another one. */
const further = (sentence: string | null): Content => (sentence === null ? null : html` ${prose(sentence)}`);

function ladderSection({ stored: { study } }: StudyView, arms: readonly LadderArm[]): Markup {
	return html`<section id="ladder"><div class="explained"><h2>The ladder</h2>
<p>Every line is one run of a batch size and a learning rate. All have the same seed. Runs are compared at equal heights: by what each cost to
get there, at any batch size. Runs that cost too much were ended; the thick line went on to the goal.</p></div>
${figure((canvas) => ladderChart(canvas, study, arms), "The goal’s metric against the examples used. A dot ends a run. Colors are batch sizes.")}</section>`;
}

/** For the caption of a chart that doesn't show the whole of its axis. */
const partNote = (part: AxisPart): string => (isWhole(part) ? "" : " Only a part of the axis is shown.");

function tradeoffSection(
	{ stored: { study }, findings, words: { regime, fit } }: StudyView,
	{ batch, isZoomable }: Pick<ChartsChoice, "batch" | "isZoomable">,
): Markup {
	return html`<section id="tradeoff"><div class="explained"><h2>Steps against batch size</h2>
<p>The batch size is the number of examples that one step (one update of the weights) learns from. Steps-to-target is how many steps a run
takes to reach ${describeGoalWithArticle(study.goal)}, with the learning rate tuned for each batch size.${further(regime)}</p></div>
${figure(
	(canvas) => tradeoffChart(canvas, findings, undefined, { part: batch, isZoomable }),
	html`${tradeoffCaption(findings)}${partNote(batch)}${fit === null ? null : html`<br>${prose(fit)}`}`,
)}</section>`;
}

function ratesSection({ stored: { study }, findings, words: { rateRule } }: StudyView): Markup {
	return html`<section id="rates"><div class="explained"><h2>The learning rate at every batch size</h2>
<p>The learning rate is the length of a step per unit of gradient. The best one changes with the batch size, so each
batch size had its own search. At the rate of another size it would look worse than it is.${further(rateRule)}</p></div>
${figure((canvas) => rateMap(canvas, findings), ratesCaption(findings, designOf(study), study))}</section>`;
}

const allUnits: readonly (readonly [CurveUnit, string])[] = [
	["steps", "Against steps, the updates of the weights."],
	["epochs", "Against epochs, the passes over the training examples."],
	["examples", "Against examples used, which is what training costs."],
	["seconds", "Against seconds since the start of each run: its steps times the time of a step of its batch size."],
];

function curvesSection(
	{ stored: { study }, findings, curves }: StudyView,
	{ runs, unit: first, curves: part, isZoomable }: ChartsChoice,
): Markup {
	// Where the number of examples is not known, neither is how many make an epoch.
	const secondsPerStep = (batchSize: number) => findings.tradeoff.find((row) => row.batchSize === batchSize)?.secondsPerStep.median ?? null;
	const isKnown: Partial<Record<CurveUnit, boolean>> = {
		epochs: study.data.train > 0,
		seconds: curves.every(({ batchSize }) => secondsPerStep(batchSize) !== null),
	};
	const units = allUnits.filter(([unit]) => isKnown[unit] ?? true);
	const checked = Math.max(
		0,
		units.findIndex(([unit]) => unit === first),
	);
	return html`<section id="curves"><div class="explained"><h2>Learning curves</h2>
<p>${curvesCaption(study, curves, runs)}</p></div>
<div class="units">
${units.map(([unit], i) => html`<input type="radio" name="unit" id="by-${unit}"${i === checked ? html` checked` : null}><label for="by-${unit}">by ${unit}</label>`)}
${units.map(([unit, caption]) => {
	const shown = unit === first ? part : wholeAxis; // its ends are in this unit
	return figure(
		(canvas) => learningCurves(canvas, study, curves, unit, { runs, part: shown, secondsPerStep, isZoomable }),
		`${caption}${partNote(shown)}`,
		`by-${unit}`,
	);
})}
</div></section>`;
}

function timeSection({ findings, words: { devices } }: StudyView): Markup {
	return html`<section id="time"><div class="explained"><h2>Time against examples</h2>
<p>Small batches tend to need fewer examples; large ones make better use of the machine. So a batch size that saves time may need more
examples, which means more computing. The sizes worth choosing lie on the lower left border.${further(devices)}</p></div>
${figure(
	(canvas) => timeExamplesChart(canvas, findings),
	html`The path runs from the smallest batch size to the largest; bars are 95 % intervals. Every size in the shaded region takes more time and
more examples than some other size. Rings mark what each objective would choose.`,
)}</section>`;
}

function noiseSection({ findings, words: { noiseScale } }: StudyView): Markup {
	return html`<section id="noise"><div class="explained"><h2>What the gradient noise predicts</h2>
<p>The gradient of a small batch is a noisy estimate of the gradient over all examples. The gradient noise scale is the batch size at which noise and
signal are equally strong. It can be measured within one run, and should predict the critical batch size under plain gradient descent.${further(noiseScale)}</p></div>
${figure((canvas) => noiseScaleChart(canvas, findings), noiseScaleCaption(findings))}</section>`;
}
