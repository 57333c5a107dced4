/** A lane as the conductor sees it. */
export interface Played {
	readonly step: number;
	readonly examples: number;
	readonly batchSize: number;
	/** It can take no further step. */
	readonly isOver: boolean;
	/** Where it is; of a branch that retraces its steps, where it is on its way to. */
	readonly place: { readonly step: number; readonly examples: number };
}

/** Steps, or examples, per second. "most": as fast as the slowest lane goes. */
export const speeds = {
	steps: { slow: 4, medium: 40, fast: 400, most: Number.POSITIVE_INFINITY },
	examples: { slow: 64, medium: 1000, fast: 10_000, most: Number.POSITIVE_INFINITY },
} as const;

/** Seconds of work that a lane may be ahead of the slowest, and steps at the least. */
const lead = { seconds: 0.25, least: { steps: 1, examples: 1 } };

/**
 * Keeps lanes side by side: since play began, all have taken the same number of steps, or used the same number of examples. It never runs
 * far ahead of the slowest lane, so that lanes share the machine fairly whatever a step of each costs.
 */
export class Conductor<Lane extends Played> {
	#clock = 0;
	readonly #anchors = new Map<Lane, number>();
	#slowest = 0;
	/** Of the slowest lane, per second. */
	#pace = 0;

	constructor(private readonly by: "steps" | "examples") {}

	/** From here on this lane plays along. `like`: it catches up to where that lane would be. */
	add(lane: Lane, like?: Lane): void {
		const anchor = like === undefined ? undefined : this.#anchors.get(like);
		this.#anchors.set(lane, anchor ?? this.#progress(lane.place) - this.#clock);
	}

	remove(lane: Lane): void {
		this.#anchors.delete(lane);
	}

	/** After so many seconds more at this speed: up to which step each lane is to train. */
	targets(seconds: number, speed: number): ReadonlyMap<Lane, number> {
		const playing = [...this.#anchors].filter(([lane]) => !lane.isOver);
		if (playing.length === 0) return new Map();
		const slowest = Math.min(...playing.map(([lane, anchor]) => this.#progress(lane) - anchor));
		if (seconds > 0) this.#pace += 0.2 * ((slowest - this.#slowest) / seconds - this.#pace);
		this.#slowest = slowest;
		const batch = this.by === "steps" ? 1 : Math.max(...playing.map(([lane]) => lane.batchSize));
		const isFree = speed === Number.POSITIVE_INFINITY;
		const ahead = isFree ? 2 * lead.seconds * this.#pace + 8 * batch : lead.seconds * speed;
		const wanted = isFree ? Number.POSITIVE_INFINITY : this.#clock + speed * seconds;
		this.#clock = Math.max(this.#clock, Math.min(wanted, slowest + Math.max(ahead, lead.least[this.by], batch)));
		return new Map(playing.map(([lane, anchor]) => [lane, this.#stepAt(lane, anchor + this.#clock)]));
	}

	#progress({ step, examples }: Played["place"]): number {
		return this.by === "steps" ? step : examples;
	}

	#stepAt(lane: Lane, progress: number): number {
		if (this.by === "steps") return Math.floor(progress);
		return lane.step + Math.max(0, Math.floor((progress - lane.examples) / lane.batchSize));
	}
}
