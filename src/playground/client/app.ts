import type { LaneSettings } from "../lane/settings.js";
import { type Action, reduce, settingsNow } from "../state/actions.js";
import { addressOf } from "../state/address.js";
import { most, type PlayState } from "../state/state.js";
import { studyFile, writtenData } from "../state/study-file.js";
import { Clock } from "./clock.js";
import { button, element } from "./dom.js";
import { LaneCard } from "./lane-card.js";
import { type Ground, LaneLink } from "./lane-link.js";
import { meaningsOfLane } from "./meanings.js";
import { OwnData } from "./own-data.js";
import type { PageFiles } from "./page-files.js";
import { type Palette, palette } from "./palette.js";
import { pictures } from "./pictures.js";
import { proofOf } from "./proof.js";
import { RacePanel } from "./race.js";
import { save } from "./save.js";
import { setup } from "./setup.js";
import { transport } from "./transport.js";

/** The page: a state, a lane's worker and card for each of its lanes, and the clock that moves them side by side. */
export class App {
	readonly own = new OwnData((data) => this.act({ kind: "set", members: { data } }));
	readonly #setup = setup({
		act: (action) => this.act(action),
		state: () => this.#state,
		own: this.own,
	});
	readonly #pictures = pictures((action) => this.act(action));
	readonly #transport = transport((action) => this.act(action), {
		togglePlay: () => this.play(!this.#clock.isPlaying),
		steps: (count) => this.#each((lane) => lane.place.step + count),
		epoch: () => this.#each((lane, i) => lane.endOfEpoch(settingsNow(this.#state.lanes[i]))),
		rewind: () => this.act({ kind: "rewind" }),
		newSeed: () => this.act({ kind: "set", members: { seed: this.#state.seed + 1 } }),
		saveStudy: () => save("playground.yaml", studyFile(this.#state, this.#lanes[0].population)),
		isWithData: () => this.#state.data.name !== "csv",
	});
	readonly #cards = element("div", { class: "lanes" });
	readonly #add = button("Add a lane", () => this.act({ kind: "add-lane" }), { class: "add" });
	#lanes: LaneLink[] = [];
	#shown: LaneCard[] = [];
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
		this.#state = this.own.within(state);
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
		root.append(
			this.own.refused,
			this.#transport.root,
			this.#setup.root,
			this.#cards,
			this.#add,
			meaningsOfLane(),
			this.#pictures.root,
			this.#race.root,
		);
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
		this.#state = this.own.within(state);
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
		return { task: { data: writtenData(data), hidden, activation, seed }, file: this.own.of(this.#state)?.bytes ?? null };
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
					prove: async () => {
						this.#shown[i].prove(""); // what was shown is of an earlier step
						this.#shown[i].prove(proofOf(this.#state, i, await this.#lanes[i].snapshot()));
					},
				}),
		);
		this.#cards.replaceChildren(...this.#shown.map(({ root }) => root));
	}

	/**
	 * The lane itself says after which step its settings changed: the page sees it a little later. A lane that hasn't begun yet begins again.
	 */
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

	#wantDrawing(): void {
		if (this.#isDue) return;
		this.#isDue = true;
		if (!this.#clock.isPlaying) requestAnimationFrame(() => this.#draw(true));
	}

	#draw(isFresh: boolean): void {
		this.#isDue = false;
		for (const [i, lane] of this.#lanes.entries()) this.#shown[i]?.draw(lane, this.#colors, this.own.of(this.#state)?.classes ?? null);
		this.#pictures.draw(this.#state, this.#lanes, this.#colors, isFresh);
		const { data, population } = this.#lanes[0];
		if (data) this.#setup.facts(data.parameters, population, data.heldOut.labels.length);
		this.changed();
	}

	#show(): void {
		this.#transport.show(this.#state, this.#clock.isPlaying);
		this.#setup.show(this.#state);
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
}
