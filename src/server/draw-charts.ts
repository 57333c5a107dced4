import type { Part } from "../page/part.js";
import { chosenParts } from "../page/study-parts.js";
import type { ChartsChoice } from "../report/charts-choice.js";
import type { StudyView } from "../words/view.js";

/** What is asked of this thread: the charts of a `StudyView`, as JSON, as a reader chose to see them. */
export interface ChosenCharts {
	readonly json: string;
	readonly choice: ChartsChoice;
}

/** Draws them in a thread of its own, since that takes up to a second. */
export default function drawCharts({ json, choice }: ChosenCharts): readonly Part[] {
	return chosenParts(JSON.parse(json) as StudyView, choice); // our own
}
