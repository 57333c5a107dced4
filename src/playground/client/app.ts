// Everything that holds the page together, in one class, and long for that.
import { Conductor, speeds } from "../conductor.js";
import type { LaneSettings } from "../lane/settings.js";
import { type Action, reduce, settingsNow } from "../state/actions.js";
import { addressOf } from "../state/address.js";
import { most, type PlayState } from "../state/state.js";
import { studyFile, writtenData } from "../state/study-file.js";
import { button, element } from "./dom.js";
import { LaneCard } from "./lane-card.js";
import { LaneLink } from "./lane-link.js";
import { type Palette, palette } from "./palette.js";
import { pictures } from "./pictures.js";
import { proofOf } from "./proof.js";
import { save } from "./save.js";
import { setup } from "./setup.js";
import { transport } from "./transport.js";

/** A frame that comes late (a busy machine, a page that was hidden) counts as so many seconds at most. */
const longestFrame = 0.1;

/** The page: a state, a lane's worker and card for each of its lanes, and the clock that moves them side by side. */
export class App {
	readonly #setup = setup(
		(action) => this.act(action),
		() => this.#state,
	);
	readonly #pictures = pictures((action) => this.act(action));
	readonly #transport = transport((action) => this.act(action), {
		togglePlay: () => this.play(!this.isPlaying),
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
	#conductor: Conductor<LaneLink>;
	#colors: Palette = palette();
	#isDue = false;
	#frameAt = 0;
	#nextFrame = 0;
	isPlaying = false;

	/** `worker`: the address of a lane's worker. `changed`: after every action. */
	constructor(
		root: HTMLElement,
		private readonly worker: string,
		state: PlayState,
		private readonly changed: () => void,
	) {
		this.#state = state;
		this.#conductor = new Conductor(state.by);
		root.append(this.#transport.root, this.#setup.root, this.#cards, this.#add, this.#pictures.root);
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
		if (before.by !== after.by) this.#conduct();
		this.#show();
	}

	/** Another state altogether, as from a link. */
	load(state: PlayState): void {
		this.#state = state;
		this.restart();
		this.#show();
	}

	play(isPlaying: boolean): void {
		if (this.isPlaying === isPlaying) return;
		this.isPlaying = isPlaying;
		if (isPlaying) {
			this.#conduct();
			this.#frameAt = performance.now();
			this.#nextFrame = requestAnimationFrame(() => this.#frame());
		} else {
			cancelAnimationFrame(this.#nextFrame);
			for (const lane of this.#lanes) lane.pause();
			// What the next frame would have drawn.
			this.#isDue = true;
			requestAnimationFrame(() => this.#draw(true));
		}
		this.#show();
	}

	/** Every lane from step 0, from the same weights. */
	restart(): void {
		while (this.#lanes.length > this.#state.lanes.length) this.#lanes.pop()?.close();
		while (this.#lanes.length < this.#state.lanes.length) this.#lanes.push(this.#link());
		for (const [i, lane] of this.#lanes.entries()) lane.start(this.#task, this.#state.lanes[i]);
		this.#deal();
		for (const card of this.#shown) card.prove("");
		this.#conduct();
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

	get #task() {
		const { data, hidden, activation, seed } = this.#state;
		return { data: writtenData(data), hidden, activation, seed };
	}

	#link(): LaneLink {
		const lane = new LaneLink(this.worker, () => this.#wantDrawing());
		lane.halt(document.hidden);
		return lane;
	}

	/** `like`: the lane that it branches off, whose steps it takes first. */
	#begin(index: number, like: LaneLink | null): void {
		const lane = this.#link();
		this.#lanes.push(lane);
		lane.start(this.#task, this.#state.lanes[index], like?.place);
		if (like) this.#conductor.add(lane, like);
		else this.#conductor.add(lane);
		this.#deal();
	}

	#remove(index: number): void {
		const [lane] = this.#lanes.splice(index, 1);
		this.#conductor.remove(lane);
		lane.close();
		for (const card of this.#shown) card.prove("");
		this.#deal();
	}

	#conduct(): void {
		this.#conductor = new Conductor(this.#state.by);
		for (const lane of this.#lanes) this.#conductor.add(lane);
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
			lane.startAgain(this.#task, this.#state.lanes[index]);
			return;
		}
		const step = await lane.change(settings);
		const now = this.#lanes.indexOf(lane); // another may have been removed since
		if (now >= 0) this.act({ kind: "change-lane", lane: now, settings, step });
	}

	#frame(): void {
		const now = performance.now();
		const seconds = Math.min(longestFrame, (now - this.#frameAt) / 1000);
		this.#frameAt = now;
		if (this.#lanes.every(({ report }) => report !== null)) {
			for (const [lane, step] of this.#conductor.targets(seconds, speeds[this.#state.by][this.#state.speed])) lane.runTo(step);
		}
		if (this.#isDue) this.#draw(false);
		this.#nextFrame = requestAnimationFrame(() => this.#frame());
	}

	#wantDrawing(): void {
		if (this.#isDue) return;
		this.#isDue = true;
		if (!this.isPlaying) requestAnimationFrame(() => this.#draw(true));
	}

	#draw(isFresh: boolean): void {
		this.#isDue = false;
		for (const [i, lane] of this.#lanes.entries()) this.#shown[i]?.draw(lane, this.#colors);
		this.#pictures.draw(this.#state, this.#lanes, this.#colors, isFresh);
		const { data, population } = this.#lanes[0];
		if (data) this.#setup.facts(data.parameters, population, data.heldOut.labels.length);
		this.changed();
	}

	#show(): void {
		this.#transport.show(this.#state, this.isPlaying);
		this.#setup.show(this.#state);
		this.#pictures.show(this.#state);
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
			this.#transport.say("Copied.");
		} catch {
			this.#transport.say("The browser didn’t allow it: copy the address above.");
		}
	}
}

/** Steps that a lane lacks to the end of its present epoch. */
function stepsToEpoch({ place, population }: LaneLink, { batchSize }: LaneSettings): number {
	if (population === 0) return 0;
	return Math.ceil((population - (place.examples % population)) / batchSize);
}
