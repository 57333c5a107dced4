import { bestOfMissed } from "../analysis/best-seen.js";
import { alikeSentence, answerSentence, neighbourSentences, nextSteps, testFigure } from "../words/answer.js";
import { commandOf } from "../words/command-of.js";
import type { ReportInput } from "../words/input.js";
import { moneySentences } from "../words/money.js";
import { formatCount } from "../words/numbers.js";
import { objectivesMeaning, objectivesRows, objectivesTitles } from "../words/sizes.js";
import { warnings } from "../words/warnings.js";
import { type Content, html, type Markup } from "./markup.js";
import { prose } from "./prose.js";

/** The recommendation and all that belongs to it: what its neighbours cost, what to do next, what to beware of, the other objectives. */
export function answerSection({ stored, findings, trials }: ReportInput): Markup {
	const { study } = stored;
	const { recommendation, failure } = findings;
	const verdict = failure ? "every trial failed" : recommendation.verdict;
	const [headline, ...rest] = answerSentence(findings, study, bestOfMissed(study.goal, findings, trials)).split(sentenceEnd);
	const alike = alikeSentence(findings, study);
	const supporting = [
		...(alike === null ? [] : [alike]),
		...neighbourSentences(findings),
		...moneySentences(findings, stored),
		...testSentence(findings),
	];
	return html`<section id="answer">
${verdict === "found" ? null : html`<div class="verdict">${verdict}</div>`}
<p class="answer">${prose(headline)}</p>
${rest.length > 0 ? html`<p>${prose(rest.join(" "))}</p>` : null}
${supporting.length > 0 ? html`<p>${prose(supporting.join(" "))}</p>` : null}
${aside("What to do next", nextSteps(findings, stored), "aside")}
${aside("What to keep in mind", warnings(findings, study), "aside quiet")}
${failure || recommendation.verdict === "not reached" ? null : objectivesTable(findings)}
</section>`;
}

/** A full stop before a new sentence: not the point of a number, nor a unit's. */
const sentenceEnd = /(?<=\.) (?=\p{Lu})/u;

const aside = (title: string, sentences: readonly string[], kind: string): Content =>
	sentences.length === 0
		? null
		: html`<div class="${kind}"><h3>${title}</h3><ul>${sentences.map((sentence) => html`<li>${withCommand(sentence)}</li>`)}</ul></div>`;

function withCommand(sentence: string): Markup {
	const { text, command } = commandOf(sentence);
	return html`${prose(text)}${command === null ? null : html` <code class="command" tabindex="0">${command}</code>`}`;
}

/** What the touched-once test set says of the recommended size, where there is one. */
export const testSentence = ({ test }: ReportInput["findings"]): readonly string[] =>
	test === null
		? []
		: [
				`On the test examples, which took no part in this, batch size ${formatCount(test.batchSize)} has ${testFigure(test)} at that point.`,
			];

function objectivesTable(findings: ReportInput["findings"]): Markup {
	const numeric = (i: number) => (i > 0 && i < objectivesTitles.length - 1 ? "n" : "");
	return html`<div class="scroll objectives" tabindex="0" role="region" aria-label="The three objectives"><table>
<thead><tr>${objectivesTitles.map((title, i) => html`<th scope="col" class="${numeric(i)}">${title}</th>`)}</tr></thead>
<tbody>${objectivesRows(findings).map(
		(row) =>
			html`<tr class="${row[0] === findings.recommendation.objective ? "chosen" : ""}">${row.map((cell, i) => html`<td class="${numeric(i)}">${prose(cell)}</td>`)}</tr>`,
	)}</tbody></table></div>
<p>${objectivesMeaning} Brackets hold 95 % intervals.</p>`;
}
