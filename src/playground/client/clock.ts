import { Conductor, speeds } from "../conductor.js";
import type { PlayState } from "../state/state.js";
import type { LaneLink } from "./lane-link.js";

/** A frame that comes late (a busy machine, a page that was hidden) counts as so many seconds at most. */
const longestFrame = 0.1;

/** Moves the lanes side by side while the page plays, frame by frame. */
export class Clock {
	isPlaying = false;
	#conductor: Conductor<LaneLink>;
	#frameAt = 0;
	#nextFrame = 0;

	/** `drawn`: called in every frame, after the lanes were asked to go on. */
	constructor(
		private readonly lanes: () => readonly LaneLink[],
		private readonly pace: () => Pick<PlayState, "by" | "speed">,
		private readonly drawn: () => void,
	) {
		this.#conductor = new Conductor(pace().by);
	}

	/** From here on all lanes take the same number of steps or examples, from where each of them is. */
	conduct(): void {
		this.#conductor = new Conductor(this.pace().by);
		for (const lane of this.lanes()) this.#conductor.add(lane);
	}

	/** `like`: a lane that it branches off. */
	add(lane: LaneLink, like?: LaneLink): void {
		this.#conductor.add(lane, like);
	}

	remove(lane: LaneLink): void {
		this.#conductor.remove(lane);
	}

	play(): void {
		this.isPlaying = true;
		this.conduct();
		this.#frameAt = performance.now();
		this.#nextFrame = requestAnimationFrame(() => this.#frame());
	}

	pause(): void {
		this.isPlaying = false;
		cancelAnimationFrame(this.#nextFrame);
		for (const lane of this.lanes()) lane.pause();
	}

	#frame(): void {
		const now = performance.now();
		const seconds = Math.min(longestFrame, (now - this.#frameAt) / 1000);
		this.#frameAt = now;
		const { by, speed } = this.pace();
		if (this.lanes().every(({ report }) => report !== null)) {
			for (const [lane, step] of this.#conductor.targets(seconds, speeds[by][speed])) lane.runTo(step);
		}
		this.drawn();
		this.#nextFrame = requestAnimationFrame(() => this.#frame());
	}
}
