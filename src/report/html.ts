import type { StudyView } from "../words/view.js";
import { html } from "./markup.js";
import { page } from "./page.js";
import { reportSections } from "./sections.js";

/** The report as one HTML file: the answer, the charts that prove it, the table, the method and the settings. */
export function renderReport(view: StudyView): string {
	const {
		stored: { study, version },
		provenance: { generated },
	} = view;
	return page(
		{ title: study.name, version },
		html`<header><h1>${study.name}</h1><p>Which batch size and learning rate to train with · Sweetspot ${version} · ${generated.slice(0, 10)}</p></header>
${reportSections(view).map(({ content }) =>
	content === null
		? null
		: html`${content}
`,
)}`,
	);
}
