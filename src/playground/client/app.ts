import type { LaneSettings } from "../lane/settings.js";
import { type Action, reduce, settingsNow } from "../state/actions.js";
import { addressOf } from "../state/address.js";
import type { OwnTable } from "../state/own-table.js";
import { initialState, most, type PlayState } from "../state/state.js";
import { studyFile, writtenData } from "../state/study-file.js";
import { Clock } from "./clock.js";
import { button, element } from "./dom.js";
import { LaneCard } from "./lane-card.js";
import { type Ground, LaneLink } from "./lane-link.js";
import { ownFile } from "./own-file.js";
import { type Palette, palette } from "./palette.js";
import { pictures } from "./pictures.js";
import { proofOf } from "./proof.js";
import { RacePanel } from "./race.js";
import { save } from "./save.js";
import { setup } from "./setup.js";
import { transport } from "./transport.js";

/** Addresses of what the page loads by itself. */
export interface PageFiles {
	/** Of a lane's worker, and of a race's worker and charts. */
	readonly lane: string;
	readonly race: string;
	readonly charts: string;
}

/** The page: a state, a lane's worker and card for each of its lanes, and the clock that moves them side by side. */
export class App {
	readonly #refused = element("p", { class: "refused", role: "alert" });
	readonly #ownFile = ownFile(
		(table) => this.#open(table),
		(why) => this.refuse(why),
	);
	readonly #setup = setup({
		act: (action) => this.act(action),
		state: () => this.#state,
		file: this.#ownFile.root,
		own: () => (this.#table ? this.#open(this.#table) : undefined),
		label: (column) => this.#table && this.#ownFile.withLabel(this.#table, column),
	});
	readonly #pictures = pictures((action) => this.act(action));
	readonly #transport = transport((action) => this.act(action), {
		togglePlay: () => this.play(!this.#clock.isPlaying),
		steps: (count) => this.#each((lane) => lane.place.step + count),
		epoch: () => this.#each((lane, i) => lane.place.step + stepsToEpoch(lane, settingsNow(this.#state.lanes[i]))),
		rewind: () => this.act({ kind: "rewind" }),
		newSeed: () => this.act({ kind: "set", members: { seed: this.#state.seed + 1 } }),
		saveStudy: () => save("playground.yaml", studyFile(this.#state, this.#lanes[0].population)),
		copyLink: () => this.#copyLink(),
	});
	readonly #cards = element("div", { class: "lanes" });
	readonly #add = button("Add a lane", () => this.act({ kind: "add-lane" }), { class: "add" });
	#lanes: LaneLink[] = [];
	#shown: LaneCard[] = [];
	/** The user's own, since it was opened. */
	#table: OwnTable | null = null;
	readonly #clock: Clock;
	readonly #race: RacePanel;
	#colors: Palette = palette();
	#isDue = false;

	/** `changed`: after every action. */
	constructor(
		root: HTMLElement,
		private readonly files: PageFiles,
		state: PlayState,
		private readonly changed: () => void,
	) {
		this.#state = this.#withData(state);
		this.#race = new RacePanel(
			{
				act: (action) => this.act(action),
				state: () => this.#state,
				population: () => this.#lanes[0].population,
				file: () => this.#ground.file,
				pause: () => this.play(false),
			},
			{ worker: files.race, charts: new URL(files.charts, location.href).href },
		);
		this.#clock = new Clock(
			() => this.#lanes,
			() => this.#state,
			() => this.#isDue && this.#draw(false),
		);
		root.append(this.#refused, this.#transport.root, this.#setup.root, this.#cards, this.#add, this.#pictures.root, this.#race.root);
		matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
			this.#colors = palette();
			this.#draw(true);
		});
		new ResizeObserver(() => this.#wantDrawing()).observe(root);
		document.addEventListener("visibilitychange", () => {
			for (const lane of this.#lanes) lane.halt(document.hidden);
		});
		this.restart();
	}

	#state: PlayState;

	get state(): PlayState {
		return this.#state;
	}

	get lanes(): readonly LaneLink[] {
		return this.#lanes;
	}

	act(action: Action): void {
		const [before, after] = [this.#state, reduce(this.#state, action)];
		if (after === before) return;
		this.#state = after;
		const isOther =
			before.data !== after.data || before.hidden !== after.hidden || before.activation !== after.activation || before.seed !== after.seed;
		if (isOther || action.kind === "rewind") this.restart();
		else if (action.kind === "branch") this.#begin(after.lanes.length - 1, this.#lanes[action.lane]);
		else if (action.kind === "add-lane") this.#begin(after.lanes.length - 1, null);
		else if (action.kind === "remove-lane") this.#remove(action.lane);
		if (before.by !== after.by) this.#clock.conduct();
		this.#show();
	}

	/** Another state altogether, as from a link. One with a table takes the one that is open here. */
	load(state: PlayState): void {
		this.#state = this.#withData(state);
		this.restart();
		this.#show();
	}

	play(isPlaying: boolean): void {
		if (this.#clock.isPlaying === isPlaying) return;
		if (isPlaying) this.#clock.play();
		else {
			this.#clock.pause();
			this.#isDue = false; // what no frame will draw now is drawn below
		}
		this.#show();
	}

	/** Every lane from step 0, from the same weights. */
	restart(): void {
		while (this.#lanes.length > this.#state.lanes.length) this.#lanes.pop()?.close();
		while (this.#lanes.length < this.#state.lanes.length) this.#lanes.push(this.#link());
		for (const [i, lane] of this.#lanes.entries()) lane.start(this.#ground, this.#state.lanes[i]);
		this.#deal();
		for (const card of this.#shown) card.prove("");
		this.#clock.conduct();
		this.#show();
	}

	/** Says why something that was opened can't be used; empty: nothing was. */
	refuse(why: string): void {
		this.#refused.textContent = why;
	}

	#open(table: OwnTable): void {
		this.#table = table;
		this.refuse("");
		this.act({ kind: "set", members: { data: { name: "csv", file: table.file, label: table.label, classes: table.classes.length } } });
	}

	#withData(state: PlayState): PlayState {
		if (state.data.name !== "csv") return state;
		if (this.#table)
			return { ...state, data: { name: "csv", file: this.#table.file, label: this.#table.label, classes: this.#table.classes.length } };
		this.refuse(withoutTable);
		return { ...state, data: initialState.data };
	}

	/** Pauses, and trains every lane up to a step of its own. */
	#each(until: (lane: LaneLink, index: number) => number): void {
		this.runTo(this.#lanes.map(until));
	}

	/** Trains each lane to a step, without the clock. */
	runTo(steps: readonly number[]): void {
		this.play(false);
		for (const [i, lane] of this.#lanes.entries()) lane.runTo(steps[i]);
	}

	get #ground(): Ground {
		const { data, hidden, activation, seed } = this.#state;
		const file = data.name === "csv" ? (this.#table?.bytes ?? null) : null;
		return { task: { data: writtenData(data), hidden, activation, seed }, file };
	}

	#link(): LaneLink {
		const lane = new LaneLink(this.files.lane, () => this.#wantDrawing());
		lane.halt(document.hidden);
		return lane;
	}

	/** `like`: the lane that it branches off, whose steps it takes first. */
	#begin(index: number, like: LaneLink | null): void {
		const lane = this.#link();
		this.#lanes.push(lane);
		lane.start(this.#ground, this.#state.lanes[index], like?.place);
		this.#clock.add(lane, like ?? undefined);
		this.#deal();
	}

	#remove(index: number): void {
		const [lane] = this.#lanes.splice(index, 1);
		this.#clock.remove(lane);
		lane.close();
		for (const card of this.#shown) card.prove("");
		this.#deal();
	}

	/** A card for each lane. */
	#deal(): void {
		this.#shown = Array.from(
			this.#lanes,
			(_, i) =>
				this.#shown[i] ??
				new LaneCard(i, this.#state.lanes[i], {
					change: (settings) => this.#change(i, settings),
					branch: () => this.act({ kind: "branch", lane: i }),
					remove: () => this.act({ kind: "remove-lane", lane: i }),
					prove: async () => this.#shown[i].prove(proofOf(this.#state, i, await this.#lanes[i].snapshot())),
				}),
		);
		this.#cards.replaceChildren(...this.#shown.map(({ root }) => root));
	}

	/** The lane itself says after which step its settings changed: the page sees it a little later. A lane that hasn't begun yet begins again. */
	async #change(index: number, settings: LaneSettings): Promise<void> {
		const lane = this.#lanes[index];
		if (!lane.report) {
			this.act({ kind: "change-lane", lane: index, settings, step: lane.place.step });
			lane.startAgain(this.#ground, this.#state.lanes[index]);
			return;
		}
		const step = await lane.change(settings);
		const now = this.#lanes.indexOf(lane); // another may have been removed since
		if (now >= 0) this.act({ kind: "change-lane", lane: now, settings, step });
	}

	get isPlaying(): boolean {
		return this.#clock.isPlaying;
	}

	/** What the user's table calls its classes; null for other data. */
	get #classes(): readonly string[] | null {
		return this.#state.data.name === "csv" ? (this.#table?.classes ?? null) : null;
	}

	#wantDrawing(): void {
		if (this.#isDue) return;
		this.#isDue = true;
		if (!this.#clock.isPlaying) requestAnimationFrame(() => this.#draw(true));
	}

	#draw(isFresh: boolean): void {
		this.#isDue = false;
		for (const [i, lane] of this.#lanes.entries()) this.#shown[i]?.draw(lane, this.#colors, this.#classes);
		this.#pictures.draw(this.#state, this.#lanes, this.#colors, isFresh);
		const { data, population } = this.#lanes[0];
		if (data) this.#setup.facts(data.parameters, population, data.heldOut.labels.length);
		this.changed();
	}

	#show(): void {
		this.#transport.show(this.#state, this.#clock.isPlaying);
		this.#setup.show(this.#state, this.#table);
		this.#pictures.show(this.#state);
		this.#race.show(this.#state);
		const { lanes } = this.#state;
		const room = { alone: lanes.length === 1, full: lanes.length === most.lanes };
		for (const [i, card] of this.#shown.entries()) card.show(lanes[i], room);
		this.#add.hidden = room.full;
		history.replaceState(null, "", `#${addressOf(this.#state)}`);
		this.#wantDrawing();
		this.changed();
	}

	async #copyLink(): Promise<void> {
		try {
			await navigator.clipboard.writeText(location.href);
			this.#transport.say(
				this.#state.data.name === "csv" ? "Copied. The link holds no data: who opens it needs your file too." : "Copied.",
			);
		} catch {
			this.#transport.say("The browser didn’t allow it: copy the address above.");
		}
	}
}

const withoutTable =
	"This link was made with a table of its owner’s, and links hold no data. Open the table here, and the lanes train on it; until then they have the usual examples.";

/** Steps that a lane lacks to the end of its present epoch. */
function stepsToEpoch({ place, population }: LaneLink, { batchSize }: LaneSettings): number {
	if (population === 0) return 0;
	return Math.ceil((population - (place.examples % population)) / batchSize);
}
