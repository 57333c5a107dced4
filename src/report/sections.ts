import type { StudyView } from "../words/view.js";
import { answerSection } from "./answer-section.js";
import { chartSections } from "./chart-sections.js";
import { type ChartsChoice, usualCharts } from "./charts-choice.js";
import { methodSection, settingsSection, sizesSection } from "./closing-sections.js";
import { comparisonsSection } from "./comparisons-section.js";
import { horizonSection } from "./horizon-section.js";
import { recordedSection } from "./recorded-section.js";
import type { Section } from "./section.js";

/** All that a report says, in the order of the argument: the answer, the charts that prove it, the table, the method and the settings. */
export const reportSections = (view: StudyView, choice: ChartsChoice = usualCharts): readonly Section[] => [
	{ name: "answer", content: answerSection(view) },
	...chartSections(view, choice),
	{ name: "comparisons", content: comparisonsSection(view) },
	{ name: "recorded", content: recordedSection(view) },
	{ name: "sizes", content: view.words.horizon === null ? sizesSection(view) : null },
	{ name: "horizon", content: view.words.horizon === null ? null : horizonSection(view, view.words.horizon) },
	{ name: "method", content: methodSection(view) },
	{ name: "settings", content: settingsSection(view) },
];
