import { type Content, html, type Markup } from "../../report/markup.js";
import { prose } from "../../report/prose.js";
import { formatCount } from "../../words/numbers.js";
import { actionButton } from "../controls.js";
import type { Page } from "../layout.js";
import { part } from "../part.js";
import type { Arithmetic } from "./arithmetic.js";
import { type Field, fields } from "./fields.js";
import type { Filled, Made } from "./input-of.js";

/** What came of checking a study file. */
export type Checked =
	| { readonly arithmetic: Arithmetic /** Why the page may not run it; null where it may. */; readonly refusal: string | null }
	/** What is wrong with it, and how to fix it. */
	| { readonly problems: string; readonly fix: string };

/** Groups of the form that are open at first: without these there is no study. */
const openGroups: ReadonlySet<string> = new Set(["study", "workload", "goal"]);

/** Keys of the file's first level that every user needs; the others of that level are in the group "more". */
const ofStudy: ReadonlySet<string> = new Set(["name", "batchSizes"]);

/** What a group is, where its key alone doesn't say. */
const groupNotes: Readonly<Record<string, string>> = { baseline: "your own setting, which is run as well" };

/** The address of the form. */
export const makerAddress = "/new";
export const makerFile = "/new.yaml";

/**
 * A study file, made field by field: the form, the file, and the arithmetic of each batch size. `query`: the part of the address that holds
 * the form.
 */
export function makerPage(filled: Filled, made: Made, checked: Checked, query: string): Page {
	return {
		title: "New study",
		study: null,
		parts: [part("made", madeOf(made, checked, query))],
		content: (at) => html`<h1>New study</h1>
<p class="note">Fields that are empty have their usual value, which they show. <code>docs/study.md</code> says what each is.</p>
<div class="maker"><form class="fields" method="get" action="${makerAddress}" data-filters>${groups().map(([name, members]) => group(name, members, filled))}
<p class="unscripted"><button>Check</button></p></form>
<div class="made">${at("made")}</div></div>`,
	};
}

function groups(): readonly (readonly [string, readonly Field[]])[] {
	const byName = new Map<string, Field[]>();
	for (const field of fields) {
		const name = field.path.includes(".") ? field.path.split(".")[0] : ofStudy.has(field.path) ? "study" : "more";
		byName.set(name, [...(byName.get(name) ?? []), field]);
	}
	const names = [...openGroups, ...[...byName.keys()].filter((name) => !openGroups.has(name))];
	return names.map((name) => [name, byName.get(name) ?? []]);
}

function group(name: string, members: readonly Field[], filled: Filled): Markup {
	const isOpen = openGroups.has(name) || members.some(({ path }) => (filled[path] ?? "") !== "");
	return html`<details${isOpen ? html` open` : null}><summary>${name}${name in groupNotes ? html` <small>${groupNotes[name]}</small>` : null}</summary><div class="group">${members.map((field) => fieldOf(field, filled[field.path] ?? ""))}</div></details>`;
}

function fieldOf({ path, kind, isRequired, usual, choices, bounds }: Field, value: string): Markup {
	const label = path.includes(".") ? path.slice(path.indexOf(".") + 1) : path;
	const shared = html` name="${path}" maxlength="300"${isRequired ? html` required` : null}`;
	if (kind === "choice") {
		return html`<label>${label}<select name="${path}"><option value="">${usual === "" ? "none" : `usual: ${usual}`}</option>${choices.map(
			(choice) => html`<option value="${choice}"${choice === value ? html` selected` : null}>${choice}</option>`,
		)}</select></label>`;
	}
	if (kind === "number") {
		const limits = Object.entries(bounds).map(([name, bound]) => html` ${name}="${bound}"`);
		return html`<label>${label}<input type="number" inputmode="decimal"${shared} value="${value}" placeholder="${usual}"${limits}${"step" in bounds ? null : html` step="any"`}></label>`;
	}
	const list = choices.length > 0 ? html` list="of-${path}"` : null;
	const datalist =
		choices.length > 0
			? html`<datalist id="of-${path}">${choices.map((choice) => html`<option value="${choice}"></option>`)}</datalist>`
			: null;
	return html`<label${kind === "yaml" ? html` class="long"` : null}>${label}<input${shared}${list} value="${value}" placeholder="${usual}" spellcheck="false" autocomplete="off"></label>${datalist}`;
}

function madeOf({ input, yaml, unreadable }: Made, checked: Checked, query: string): Content {
	const file = html`<h2>The study file</h2><pre class="file" tabindex="0">${yaml}</pre>
<p class="actions"><a class="button" href="${makerFile}${query}" download="study.yaml">Download study.yaml</a>${
		"arithmetic" in checked && checked.refusal === null && unreadable.length === 0
			? actionButton("Start it here", "/studies", html` data-body="${JSON.stringify({ study: input })}"`)
			: null
	}</p>
<p class="note">From a terminal: <code class="command" tabindex="0">sweetspot tune study.yaml</code></p>`;
	if (unreadable.length > 0) {
		return html`<div class="aside"><h2>What can’t be read</h2><ul>${unreadable.map((problem) => html`<li>${problem}</li>`)}</ul></div>${file}`;
	}
	if ("problems" in checked) {
		return html`<div class="aside"><h2>What is missing or wrong</h2><pre tabindex="0">${checked.problems}</pre><p>${prose(`${checked.fix}.`)}</p></div>${file}`;
	}
	const refused = checked.refusal === null ? null : html`<p class="note">The page doesn’t start it: ${checked.refusal}.</p>`;
	return html`${table(checked.arithmetic)}${file}${refused}`;
}

function table({ examples, trials, sizes }: Arithmetic): Markup {
	return html`<h2>Each batch size</h2>
<p>${formatCount(examples.train)} training, ${formatCount(examples.validation)} validation and ${formatCount(examples.test)} test examples; about ${formatCount(Math.round(trials))} trials.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Each batch size"><table>
<thead><tr><th scope="col" class="n">batch size</th><th scope="col" class="n">steps per epoch</th><th scope="col" class="n">left over per epoch</th><th scope="col" class="n">steps at most</th><th scope="col" class="n">epochs at most</th></tr></thead>
<tbody>${sizes.map(
		({ batchSize, stepsPerEpoch, left, mostSteps, mostEpochs }) =>
			html`<tr><td class="n">${formatCount(batchSize)}</td><td class="n">${formatCount(stepsPerEpoch)}</td><td class="n">${left >= 0 ? formatCount(left) : `${formatCount(-left)} too few in the last batch`}</td><td class="n">${formatCount(mostSteps)}</td><td class="n">${mostEpochs >= 10 ? formatCount(Math.round(mostEpochs)) : mostEpochs.toPrecision(2)}</td></tr>`,
	)}</tbody></table></div>`;
}
