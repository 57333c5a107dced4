import type { FromRace, RaceNews, RacePrice, ToRace } from "../race/protocol.js";
import { raceStudy } from "../race/race-study.js";
import { endInWords, priceInWords, progressInWords } from "../race/words.js";
import type { Action } from "../state/actions.js";
import type { PlayState } from "../state/state.js";
import { button, chooser, element, write } from "./dom.js";
import { textTable } from "./text-table.js";

interface RaceActs {
	act(action: Action): void;
	state(): PlayState;
	/** Training examples; 0 while they are not known. */
	population(): number;
	/** The bytes of the user's own table, where that is trained on. */
	file(): Uint8Array | null;
	/** The lanes stop: a race needs the machine. */
	pause(): void;
}

const aboutTime =
	"The answer weighs examples against time. This browser’s clock is coarse, so another race may choose another size; its steps and examples will be the same.";

/** The race to the goal: a whole study in a worker, with its price before it and the charts that build as it goes. */
export class RacePanel {
	readonly root: HTMLElement;
	readonly #goal;
	readonly #start = button("Start the race", () => this.#run(), { class: "start" });
	readonly #cancel = button("Cancel", () => this.#ask({ kind: "cancel" }));
	readonly #priceButton = button("What does it cost?", () => this.#showPrice());
	readonly #price = element("p", { class: "note", role: "status" });
	/** For the eye it changes with every picture; it is read out when a batch size has a result, and at the end. */
	readonly #progress = element("p", { class: "note" });
	readonly #spoken = element("p", { class: "spoken", role: "status" });
	readonly #stale = element("p", { class: "note", role: "status" });
	readonly #answer = element("div", { class: "race-answer", role: "status" });
	readonly #charts = element("div", { class: "race-charts" });
	readonly #caption = element("p", { class: "note" });
	readonly #table = element("div");
	readonly #figures = element("details", { class: "race-table" }, element("summary", {}, "The same figures as a table"), this.#table);
	#worker: Worker | null = null;
	#priced: RacePrice | null = null;
	/** The study that was priced or raced last, as a text. */
	#asked = "";
	#drawn: RaceNews | null = null;
	#drawnWidth = 0;
	#isRunning = false;

	/** `files`: the addresses of the race's worker and of its charts. */
	constructor(
		private readonly acts: RaceActs,
		private readonly files: { readonly worker: string; readonly charts: string },
	) {
		this.#goal = chooser(
			"Goal: held-out accuracy",
			[0.7, 0.8, 0.9, 0.95, 0.98].map((value) => ({ value, text: `${Math.round(100 * value)} %` })),
			(goal) => acts.act({ kind: "set", members: { goal } }),
		);
		this.#goal.select.setAttribute("aria-label", "Goal: held-out accuracy");
		this.root = element(
			"section",
			{ class: "race", "aria-label": "Race to the goal" },
			element("h2", {}, "Race to the goal"),
			element(
				"p",
				{},
				"Which batch size reaches the goal in the fewest steps, and which with the fewest examples? One lane’s learning rate may suit one size and not another. The race finds the best rate of every batch size first, then counts over several seeds: a whole study, run here in your browser.",
			),
			element("div", { class: "row" }, this.#goal.label, this.#priceButton, this.#start, this.#cancel),
			...[this.#price, this.#progress, this.#spoken, this.#stale, this.#answer, this.#charts, this.#caption, this.#figures],
		);
		this.#buttons();
		document.addEventListener("visibilitychange", () => this.#ask({ kind: "halt", isHalted: document.hidden }));
		new ResizeObserver(() => this.#charts.clientWidth !== this.#drawnWidth && this.#draw()).observe(this.#charts);
	}

	/** The state has changed: a price or a result may be another study’s now. */
	show({ goal }: PlayState): void {
		this.#goal.show(goal, `${Math.round(1000 * goal) / 10} %`);
		const isOther = this.#asked !== "" && this.#asked !== this.#question();
		write(
			this.#stale,
			isOther && this.#drawn
				? "The data, the network, the goal or lane A’s optimizer have changed since: the figures below are for the earlier ones."
				: "",
		);
		if (!isOther || this.#isRunning) return;
		this.#priced = null;
		write(this.#price, "");
		this.#buttons();
	}

	#question = (): string => JSON.stringify(raceStudy(this.acts.state(), this.acts.population()));

	#ask(message: ToRace): void {
		this.#worker?.postMessage(message);
	}

	#showPrice(): void {
		if (this.acts.population() === 0) return;
		this.#worker ??= this.#begin();
		this.#asked = this.#question();
		this.#ask({ kind: "price", study: raceStudy(this.acts.state(), this.acts.population()), file: this.acts.file() });
		write(this.#price, "…");
	}

	#run(): void {
		this.acts.pause();
		this.#isRunning = true;
		this.#drawn = null;
		write(this.#progress, "On its way …");
		for (const place of [this.#answer, this.#charts, this.#table]) place.replaceChildren();
		for (const place of [this.#stale, this.#caption]) write(place, "");
		this.#buttons();
		this.#ask({ kind: "start" });
	}

	#begin(): Worker {
		const worker = new Worker(this.files.worker, { type: "module" });
		worker.onmessage = ({ data }: MessageEvent<FromRace>) => this.#hear(data);
		worker.onerror = ({ message }) =>
			this.#fail(`The race's worker failed: ${message || "its file could not be loaded"}. Reload the page.`);
		return worker;
	}

	#hear(message: FromRace): void {
		if (message.kind === "failed") this.#fail(`${message.message}: ${message.fix}.`);
		else if (message.kind === "price") {
			this.#priced = message.price;
			write(this.#price, priceInWords(message.price));
		} else if (message.kind === "timing") {
			write(this.#progress, `First it times a step of every batch size: ${message.done} of ${message.total}.`);
		} else {
			this.#drawn = message.news;
			this.#table.replaceChildren(textTable(message.news.table));
			if (message.kind === "news") {
				const text = progressInWords(message.news, this.#priced?.trainings ?? 0);
				write(this.#progress, text);
				write(this.#spoken, text.slice(text.indexOf(". ") + 2));
			} else {
				this.#isRunning = false;
				const [headline, ...rest] = message.answer;
				write(this.#progress, endInWords(message.end, message.news));
				write(this.#spoken, "");
				write(this.#caption, `${message.caption} ${aboutTime}`);
				this.#answer.replaceChildren(element("p", { class: "answer" }, headline), element("p", {}, rest.join(" ")));
			}
			void this.#draw();
		}
		this.#buttons();
	}

	#fail(text: string): void {
		this.#isRunning = false;
		write(this.#progress, "");
		write(this.#price, text);
		this.#buttons();
	}

	/** Shows those that make sense now. The focus doesn't get lost with a button that goes. */
	#buttons(): void {
		const { activeElement } = document;
		this.#priceButton.hidden = this.#priced !== null || this.#isRunning;
		this.#start.hidden = this.#priced === null || this.#isRunning;
		this.#cancel.hidden = !this.#isRunning;
		this.#goal.select.disabled = this.#isRunning;
		this.#figures.hidden = !this.#drawn || this.#drawn.reached.length === 0;
		const all = [this.#priceButton, this.#start, this.#cancel];
		if (all.some((one) => one === activeElement && one.hidden)) all.find((one) => !one.hidden)?.focus();
	}

	async #draw(): Promise<void> {
		if (!this.#drawn) return;
		const { raceCharts } = (await import(this.files.charts)) as typeof import("./race-charts.js");
		const news = this.#drawn;
		const { clientWidth } = this.#charts;
		if (!news || clientWidth === 0 || news.reached.length === 0) return;
		this.#drawnWidth = clientWidth;
		const width = clientWidth > 820 ? (clientWidth - 32) / 2 : clientWidth;
		this.#charts.replaceChildren(...raceCharts(news.findings, Math.floor(width)));
	}
}
