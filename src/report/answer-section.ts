import type { Advice } from "../words/advice.js";
import { objectivesMeaning } from "../words/sizes.js";
import type { StudyView } from "../words/view.js";
import { type Content, html, type Markup } from "./markup.js";
import { prose } from "./prose.js";
import { tableOf } from "./table.js";

/** The recommendation and all that belongs to it: what its neighbours cost, what to do next, what to beware of, the other objectives. */
export function answerSection({ words }: StudyView): Markup {
	const { verdict, support, price, objectives } = words;
	const [headline, ...rest] = words.answer;
	return html`<section id="answer">
${verdict === "found" ? null : html`<div class="verdict">${verdict}</div>`}
<p class="answer">${prose(headline)}</p>
${rest.length > 0 ? html`<p>${prose(rest.join(" "))}</p>` : null}
${support.length > 0 ? html`<p>${prose(support.join(" "))}</p>` : null}
${price === null ? null : html`<p>${prose(price)}</p>`}
${aside("What to do next", words.advice.map(adviceItem), "aside")}
${aside("What to keep in mind", words.warnings.map(prose), "aside quiet")}
${
	objectives === null
		? null
		: html`${tableOf(objectives, { label: "The three objectives", className: "objectives" })}
<p>${objectivesMeaning} Brackets hold 95 % intervals.</p>`
}
</section>`;
}

const aside = (title: string, items: readonly Markup[], kind: string): Content =>
	items.length === 0 ? null : html`<div class="${kind}"><h3>${title}</h3><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></div>`;

const adviceItem = ({ text, command }: Advice): Markup =>
	html`${prose(text)}${command === null ? null : html` <code class="command" tabindex="0">${command}</code>`}`;
