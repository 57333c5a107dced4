import { goalValueOf } from "../core/goal.js";
import { trialKey } from "../core/trial.js";
import { type Content, html, type Markup } from "../report/markup.js";
import { prose } from "../report/prose.js";
import type { StoredStudy } from "../study/contracts.js";
import { formatCount, formatNumber, formatRate } from "../words/numbers.js";
import type { PlannedTrial } from "../words/view.js";
import type { AxisChoice } from "./axis.js";
import { type Controls, studyControls } from "./controls.js";
import { liveChart } from "./live-chart.js";
import { type Part, part } from "./part.js";
import type { Running } from "./running.js";

/** Planned trials that are listed. */
const mostNext = 8;

/** What is shown with the running trials. */
export interface WithRunning extends Controls {
	readonly axis: AxisChoice;
	/** By batch size; null where it is not known. */
	readonly secondsPerStep: (batchSize: number) => number | null;
}

/** What runs now, and what runs next and why. `asked`: what the design asks for, if nothing runs. */
export function nowPart(
	stored: StoredStudy,
	running: Running,
	asked: readonly PlannedTrial[],
	{ axis, secondsPerStep, ...controls }: WithRunning,
): Part {
	const buttons = studyControls(stored, controls);
	if (stored.state === "complete") return part("now", buttons);
	if (running.state !== "running") return part("now", waiting(stored, asked, buttons));
	// A planned trial starts without a new plan being announced.
	const begun = new Set(running.trials.map(({ spec }) => trialKey(spec)));
	const waitingTrials = running.next.filter(({ spec }) => !begun.has(trialKey(spec)));
	const warnings = running.warnings.map((text) => html`<li>${prose(text)}</li>`);
	return part(
		"now",
		html`${warnings.length > 0 ? html`<div class="aside"><h3>What spoils the study</h3><ul>${warnings}</ul></div>` : null}
${runningTable(stored, running)}${liveChart(stored.study, running.trials, axis, secondsPerStep)}
${buttons}
<div class="upcoming">${nextPart(running, waitingTrials)}</div>`,
	);
}

function waiting({ state }: StoredStudy, asked: readonly PlannedTrial[], buttons: Content): Content {
	const what =
		state === "running"
			? html`<p>The study runs, but shows nothing of what it does: it is starting, or its disk is full.</p>`
			: html`<p class="idle">Nothing of it runs.</p>`;
	const next = nextList(
		asked.map(({ spec, why }) => ({ spec, reason: why })),
		asked.length,
	);
	return html`<h2>Right now</h2>${what}${buttons}<div class="upcoming">${next}</div>`;
}

function runningTable({ study }: StoredStudy, { trials, isTiming }: Running): Content {
	if (trials.length === 0)
		return html`<h2>Right now</h2><p>No trial runs at this moment${isTiming ? ": steps are timed, alone on the machine" : ""}.</p>`;
	return html`<h2>Right now</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Trials that run now"><table>
<thead><tr><th scope="col">trial</th><th scope="col" class="n">batch size</th><th scope="col" class="n">rate</th><th scope="col" class="n">step</th><th scope="col" class="n">${breakable(study.goal.metric)}</th></tr></thead>
<tbody>${trials.map(({ spec, looks }) => {
		const last = looks.at(-1);
		const value = last && goalValueOf(study.goal, last);
		return html`<tr><td>${spec.phase}</td><td class="n">${formatCount(spec.batchSize)}</td><td class="n">${formatRate(spec.learningRate)}</td>${last === undefined ? html`<td class="n" colspan="2">no look yet</td>` : html`<td class="n">${formatCount(last.step)}</td><td class="n">${value === undefined ? "not measured" : Number(value.toPrecision(4))}</td>`}</tr>`;
	})}</tbody></table></div>`;
}

/** A metric's name that may be broken behind its dots. */
const breakable = (name: string): Content => name.split(".").map((word, i) => (i === 0 ? word : html`.<wbr>${word}`));

/** The planned trials that wait, or why none do: a design often needs the results of the running trials before it asks for more. */
function nextPart({ trials, next, planned }: Running, waitingTrials: Running["next"]): Markup {
	if (waitingTrials.length === 0 && trials.length > 0)
		return html`<h2>What runs next, and why</h2><p class="note">That is decided when the trials above have ended.</p>`;
	return nextList(waitingTrials, planned - (next.length - waitingTrials.length));
}

function nextList(next: Running["next"], planned: number): Markup {
	if (next.length === 0) return html``;
	const more = planned - Math.min(next.length, mostNext);
	return html`<h2>What runs next, and why</h2>
<ol class="next">${next
		.slice(0, mostNext)
		.map(
			({ spec, reason }) =>
				html`<li><b>${formatCount(spec.batchSize)} at rate ${formatNumber(spec.learningRate)}</b><br>${prose(reason)}</li>`,
		)}</ol>
${more > 0 ? html`<p class="note">and ${formatCount(more)} more</p>` : null}`;
}
