import { batchColors } from "../charts/batch-colors.js";
import { traitsOf } from "../study/workloads/table.js";
import type { StudyView } from "../words/view.js";
import { html, type Markup } from "./markup.js";
import { prose } from "./prose.js";
import { tableOf } from "./table.js";

/** Every batch size with its figures. */
export function sizesSection({ findings, words: { sizes, notTried } }: StudyView): Markup {
	const color = batchColors(findings.tradeoff.map((row) => row.batchSize));
	return html`<section id="sizes"><div class="explained"><h2>Every batch size</h2>
<p>With a batch of one example, training is stochastic gradient descent; with all training examples it is batch gradient descent; in between, batches are
mini-batches. Figures are medians over the reporting runs with 95 % intervals; a dash stands where there is no figure.</p></div>
${tableOf(sizes, { label: "Every batch size", className: "sizes", color })}${notTried === null ? null : html`<p>${notTried}</p>`}</section>`;
}

export const methodSection = ({ words }: StudyView): Markup => html`<section id="method"><h2>How it was measured</h2>
${words.method.map(({ title, text }) => html`<div class="method"><h3>${title}</h3><p>${prose(text)}</p></div>`)}</section>`;

/** The study file, the command that repeats it, and what identifies it. */
export const settingsSection = ({
	stored: { study },
	words,
}: StudyView): Markup => html`<section id="settings"><div class="explained"><h2>Settings</h2>
<p>This is the study with every default written out:</p></div>
<pre tabindex="0">${words.yaml}</pre>
<p>${traitsOf(study.workload).isTrainable ? "To repeat it, save the above as the file that this command names:" : "To import the same runs again:"}</p>
<pre tabindex="0">${words.command}</pre>
<dl>${words.identity.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
