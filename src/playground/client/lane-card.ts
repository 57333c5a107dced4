import { formatCount, formatNumber, formatRate } from "../../words/numbers.js";
import { type LaneSettings, laneOptimizerNames } from "../lane/settings.js";
import { canChange, settingsNow } from "../state/actions.js";
import { allExamples, type LaneState, most } from "../state/state.js";
import { laneLetter } from "../state/study-file.js";
import { troubleInWords } from "../words.js";
import { button, type Chooser, chooser, element, write } from "./dom.js";
import { drawCounts } from "./draw-counts.js";
import { drawField } from "./draw-field.js";
import { drawNorms } from "./draw-norms.js";
import type { LaneLink } from "./lane-link.js";
import type { Palette } from "./palette.js";

const sizes = Array.from({ length: 10 }, (_, k) => 2 ** k);
const rates = Array.from({ length: 15 }, (_, k) => 2 ** (k - 10));
const optimizerTexts = { sgd: "SGD", momentum: "SGD, momentum 0.9", adam: "Adam" } as const;

interface Acts {
	change(settings: LaneSettings): void;
	branch(): void;
	remove(): void;
	prove(): void;
}

const figures = [
	"updates",
	"epochs",
	"steps an epoch",
	"examples seen",
	"loss, train",
	"loss, held out",
	"right, train",
	"right, held out",
] as const;
const gradientFigures = ["gradient norm", "noise scale", "distance from start"] as const;

/** A lane as the page shows it: its settings to change, what it says of the data, and its figures. */
export class LaneCard {
	readonly root: HTMLElement;
	readonly #size: Chooser<number>;
	readonly #rate: Chooser<number>;
	readonly #optimizer: Chooser<LaneSettings["optimizer"]>;
	readonly #field = element("canvas", { class: "field", role: "img" });
	readonly #norms = element("canvas", { class: "norms", role: "img", "aria-label": "Gradient norms of the last mini-batches" });
	readonly #figures = new Map<string, HTMLElement>();
	readonly #trouble = element("p", { class: "trouble", role: "status" });
	readonly #history = element("p", { class: "note" });
	readonly #proof = element("p", { class: "proof", role: "status" });
	readonly #branch: HTMLButtonElement;
	readonly #remove: HTMLButtonElement;
	#lane: LaneState;

	constructor(
		readonly index: number,
		lane: LaneState,
		acts: Acts,
	) {
		this.#lane = lane;
		const letter = laneLetter(index);
		const change = (part: Partial<LaneSettings>) => acts.change({ ...settingsNow(this.#lane), ...part });
		const choices = (values: readonly number[]) => values.map((value) => ({ value, text: formatRate(value) }));
		this.#size = chooser("Batch size", [...choices(sizes), { value: allExamples, text: "all" }], (batchSize) => change({ batchSize }));
		this.#rate = chooser("Learning rate", choices(rates), (learningRate) => change({ learningRate }));
		this.#optimizer = chooser(
			"Optimizer",
			laneOptimizerNames.map((value) => ({ value, text: optimizerTexts[value] })),
			(optimizer) => change({ optimizer }),
		);
		this.#branch = button("Branch", acts.branch, { "aria-label": `Branch lane ${letter}: go on twice from here` });
		this.#remove = button("Remove", acts.remove, { "aria-label": `Remove lane ${letter}` });
		const figure = (name: string) => {
			const value = element("dd", {}, "—");
			this.#figures.set(name, value);
			return element("div", {}, element("dt", {}, name), value);
		};
		this.root = element(
			"section",
			{ class: `lane lane-${index}`, "aria-label": `Lane ${letter}` },
			element("h2", {}, element("span", { class: "letter" }, letter), " ", element("span", { class: "name" })),
			element("div", { class: "settings" }, this.#size.label, this.#rate.label, this.#optimizer.label),
			this.#field,
			this.#trouble,
			element("dl", { class: "figures" }, ...figures.map(figure)),
			this.#norms,
			element("dl", { class: "figures three" }, ...gradientFigures.map(figure)),
			this.#history,
			element(
				"div",
				{ class: "actions" },
				this.#branch,
				this.#remove,
				button("Check the bits", acts.prove, { "aria-label": `Check the bits of lane ${letter}` }),
			),
			this.#proof,
		);
	}

	/** The settings as the state has them. `alone`: it is the only lane; `full`: there is room for no more. */
	show(lane: LaneState, { alone, full }: { readonly alone: boolean; readonly full: boolean }): void {
		this.#lane = lane;
		const { batchSize, learningRate, optimizer } = settingsNow(lane);
		this.#size.show(batchSize);
		this.#rate.show(learningRate);
		this.#optimizer.show(optimizer);
		for (const { select } of [this.#size, this.#rate, this.#optimizer]) select.disabled = !canChange(lane);
		this.#branch.disabled = full;
		this.#remove.disabled = alone;
		const listed = lane.changes.map(({ step, settings }) => `after step ${formatCount(step)}: ${inShort(settings)}`);
		const limit = canChange(lane) ? "" : ` That is ${most.changes} changes: rewind to make more.`;
		write(this.#history, listed.length > 0 ? `Began with ${inShort(lane.settings)}; ${listed.join("; ")}.${limit}` : "");
	}

	/** What the lane reported last. */
	draw({ report, data, looks, problem, population }: LaneLink, colors: Palette, classes: readonly string[] | null): void {
		write(this.#trouble, problem ?? (report?.trouble ? troubleInWords(this.index, report.trouble) : ""));
		if (!report || !data) return;
		const figure = (name: (typeof figures)[number] | (typeof gradientFigures)[number], text: string) => {
			const value = this.#figures.get(name);
			if (value) write(value, text);
		};
		const look = looks.at(-1);
		const right = (share: number) => `${(100 * share).toFixed(1)} %`;
		figure("updates", formatCount(report.step));
		figure("epochs", (report.examples / population).toFixed(1));
		figure("steps an epoch", formatCount(Math.ceil(population / report.settings.batchSize)));
		figure("examples seen", formatCount(report.examples));
		if (look) {
			figure("loss, train", look.train.loss.toFixed(3));
			figure("loss, held out", look.heldOut.loss.toFixed(3));
			figure("right, train", right(look.train.accuracy));
			figure("right, held out", right(look.heldOut.accuracy));
			figure("distance from start", formatNumber(look.distance));
		}
		figure("gradient norm", formatNumber(report.norms.at(-1) ?? null));
		figure("noise scale", report.noiseScale === null ? "unclear" : formatNumber(report.noiseScale));
		if (data.plane || data.image) drawField(this.#field, data, report, colors);
		else drawCounts(this.#field, data, report, classes, colors);
		drawNorms(this.#norms, report.norms, colors.lanes[this.index], colors);
		this.#field.setAttribute("aria-label", whatIsShown(data.plane !== null, data.image !== null, look?.heldOut.accuracy ?? 0));
	}

	/** Where a user finds out that a lane's weights are those of the command line. */
	prove(text: string): void {
		write(this.#proof, text);
	}
}

export const inShort = ({ batchSize, learningRate, optimizer }: LaneSettings): string =>
	`batch ${batchSize === allExamples ? "of all" : formatCount(batchSize)}, rate ${formatRate(learningRate)}, ${optimizerTexts[optimizer]}`;

function whatIsShown(hasPlane: boolean, isImage: boolean, accuracy: number): string {
	const right = `${Math.round(100 * accuracy)} % of the held-out examples are classified correctly`;
	if (hasPlane) return `The examples in the plane over the classes that the lane gives each place; ${right}`;
	return isImage
		? `Held-out digits with the lane's predictions; ${right}`
		: `Held-out examples counted by their class and by what the lane predicts; ${right}`;
}
