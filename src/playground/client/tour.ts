import { ledger } from "../ledger.generated.js";
import { stateFrom } from "../state/address.js";
import { initialState } from "../state/state.js";
import { stops } from "../tour/stops.js";
import type { App } from "./app.js";
import { button, element } from "./dom.js";

/** The guided tour: sets a scene, asks for a prediction, lets the lanes run, and shows what came of it. */
export class Tour {
	readonly root = element("section", { class: "tour", "aria-label": "Guided tour" });
	#at: number | null = null;
	/** The option that was chosen, once it was. */
	#said: number | null = null;
	#targets: readonly number[] = [];
	#isAnswered = false;

	constructor(private readonly app: () => App) {
		this.#offer();
	}

	/** Called whenever the lanes have said something: are they where the stop wants them? */
	look(): void {
		if (this.#at === null || this.#said === null || this.#isAnswered) return;
		const { lanes } = this.app();
		const isThere = lanes.length === this.#targets.length && lanes.every((lane, i) => lane.isOver || lane.step >= this.#targets[i]);
		if (isThere) this.#answer(this.#at, this.#said);
	}

	#offer(): void {
		this.#at = null;
		this.root.replaceChildren(
			button("Take the tour", () => this.#visit(0)),
			element(
				"span",
				{ class: "note" },
				`${stops.length} lessons. Each sets the lanes, asks what you expect, and lets the page answer. It names the claim that it is about, with its verdict in Sweetspot’s ledger, which tests such claims over many seeds.`,
			),
		);
	}

	#visit(index: number): void {
		const stop = stops[index];
		this.#at = index;
		this.#said = null;
		this.#isAnswered = false;
		this.app().play(false);
		this.app().load({ ...initialState, ...stateFrom(stop.scene) });
		const options = element("div", { class: "actions", role: "group", "aria-label": "Your prediction" });
		options.append(...stop.options.map((option, i) => button(option, () => this.#predict(i))));
		this.#show(index, element("p", {}, stop.text), element("p", { class: "question" }, stop.question), options);
	}

	#predict(option: number): void {
		const stop = this.#at === null ? null : stops[this.#at];
		const app = this.app();
		const { population } = app.lanes[0];
		if (!stop || this.#said !== null || population === 0) return;
		this.#said = option;
		for (const [i, choice] of [...this.root.querySelectorAll<HTMLButtonElement>(".actions[role=group] button")].entries()) {
			choice.disabled = true;
			choice.setAttribute("aria-pressed", String(i === option));
		}
		this.root.append(element("p", { class: "note", role: "status" }, "The lanes are on their way …"));
		// The scene again: whatever was changed since then is no part of the answer.
		app.load({ ...initialState, ...stateFrom(stop.scene) });
		this.#targets = stop.steps(population);
		app.runTo(this.#targets);
	}

	#answer(index: number, said: number): void {
		this.#isAnswered = true;
		const stop = stops[index];
		const { option, figures } = stop.answer(this.app().lanes.map(({ looks }) => looks));
		const claim = ledger[stop.claim];
		this.#show(
			index,
			element("p", { class: "question" }, stop.question),
			element(
				"p",
				{ class: "answered", role: "status" },
				element("b", {}, stop.options[option]),
				said === option ? ", as you said. " : `; you said: ${stop.options[said]}. `,
				figures,
			),
			element(
				"p",
				{},
				`Claim ${stop.claim} of the ledger: “${claim.statement}” Verdict: `,
				element("b", {}, claim.verdict),
				`. ${stop.caveat}`,
			),
		);
	}

	#show(index: number, ...content: readonly HTMLElement[]): void {
		const leave = button("Leave the tour", () => this.#offer());
		const back = button("Back", () => this.#visit(index - 1));
		const next = button("Next", () => this.#visit(index + 1));
		back.disabled = index === 0;
		next.disabled = index === stops.length - 1;
		// Whoever goes by keyboard or by ear goes on at the new content.
		const hasFocus = this.root.contains(document.activeElement);
		const title = element("h2", { tabindex: -1 }, `${index + 1} of ${stops.length}: ${stops[index].title}`);
		this.root.replaceChildren(title, ...content, element("div", { class: "actions" }, back, next, leave));
		if (hasFocus || document.activeElement === document.body) title.focus({ preventScroll: true });
	}
}
