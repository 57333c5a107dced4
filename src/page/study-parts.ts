import { chartSections } from "../report/chart-sections.js";
import { type ChartsChoice, changedSections, usualCharts } from "../report/charts-choice.js";
import type { SectionName } from "../report/section.js";
import { reportSections } from "../report/sections.js";
import type { StudyView } from "../words/view.js";
import { type Part, part } from "./part.js";

/** Everything in the report of a study, one part per section; sections without content are empty. */
export const studyParts = (view: StudyView): readonly Part[] =>
	reportSections(view, { ...usualCharts, isZoomable: true }).map(({ name, content }) => part(name, content));

/** The parts that a choice of the reader's changes. */
export function chosenParts(view: StudyView, choice: ChartsChoice): readonly Part[] {
	const changed: readonly string[] = changedSections(choice);
	return chartSections(view, choice).flatMap(({ name, content }) => (changed.includes(name) ? [part(name, content)] : []));
}

/** Every section there is, in the order of the report, with its title in the list of contents. */
export const sectionTitles = {
	answer: "The answer",
	ladder: "The ladder",
	tradeoff: "Steps against batch size",
	rates: "Learning rates",
	curves: "Learning curves",
	time: "Time against examples",
	noise: "Gradient noise",
	comparisons: "At equal epochs, steps, time",
	recorded: "Weights, gradients, curvature",
	sizes: "Every batch size",
	horizon: "How trainings ended",
	method: "How it was measured",
	settings: "Settings",
} as const satisfies Readonly<Record<SectionName, string>>;

/** The same parts before there are findings: their places, empty. */
export const emptyParts: readonly Part[] = Object.keys(sectionTitles).map((name) => part(name, null));

/** Sections that need the whole width of the page: they follow the argument. */
export const wideSections: readonly string[] = ["sizes", "horizon", "method", "settings"];
