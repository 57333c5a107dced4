import type { Played } from "../conductor.js";
import type { Look } from "../lane/look.js";
import type { FromLane, LaneData, Report, ToLane } from "../lane/protocol.js";
import type { LaneSettings, LaneTask } from "../lane/settings.js";
import type { LaneState } from "../state/state.js";

/** How far a lane has come. */
export interface Place {
	readonly step: number;
	readonly examples: number;
}

/** What all lanes train on. `file`: the bytes of the user's own table. */
export interface Ground {
	readonly task: LaneTask;
	readonly file: Uint8Array | null;
}

const nowhere: Place = { step: 0, examples: 0 };

/** The page's end of a lane: its worker, and everything that it has said. */
export class LaneLink implements Played {
	data: LaneData | null = null;
	report: Report | null = null;
	looks: Look[] = [];
	/** Weights at these looks. */
	weights: Float32Array[] = [];
	problem: string | null = null;
	readonly #worker: Worker;
	readonly #snapshots = new Map<number, (snapshot: { readonly step: number; readonly sha256: string }) => void>();
	readonly #changes = new Map<number, (step: number) => void>();
	#run = 0;
	#asked = 0;
	/** Up to which step it was asked to train. */
	#until = 0;
	#origin: Place = nowhere;
	#isHalted = false;

	/** `news`: something was heard. */
	constructor(
		worker: string,
		private readonly news: (lane: LaneLink) => void,
	) {
		this.#worker = new Worker(worker, { type: "module" });
		this.#worker.onmessage = ({ data }: MessageEvent<FromLane>) => this.#hear(data);
		this.#worker.onerror = ({ message }) => {
			this.problem = `The lane's worker failed: ${message || "its file could not be loaded"}. Reload the page.`;
			this.news(this);
		};
	}

	get step(): number {
		return this.report?.step ?? 0;
	}

	get examples(): number {
		return this.report?.examples ?? 0;
	}

	/** Where it is, or of a branch that still retraces its steps, where the other lane was. Whatever is asked for counts from there. */
	get place(): Place {
		return this.step < this.#origin.step ? this.#origin : { step: this.step, examples: this.examples };
	}

	get batchSize(): number {
		return this.report?.settings.batchSize ?? 1;
	}

	get isOver(): boolean {
		return this.report?.trouble?.kind === "diverged";
	}

	/** N, training examples; 0 while they are not known. */
	get population(): number {
		return this.data?.train.labels.length ?? 0;
	}

	/** The step at which its present epoch ends, with batches of this size. */
	endOfEpoch({ batchSize }: LaneSettings): number {
		const { step, examples } = this.place;
		return this.population === 0 ? step : step + Math.ceil((this.population - (examples % this.population)) / batchSize);
	}

	/** Begins anew at step 0. `origin`: of a branch, where the other lane is; it goes there by itself, even while the page is paused. */
	start(ground: Ground, state: LaneState, origin: Place = nowhere): void {
		this.#origin = origin;
		this.#until = 0;
		this.startAgain(ground, state);
	}

	/** Begins anew with other settings; what it was asked for before still holds. */
	startAgain({ task, file }: Ground, { settings, changes }: LaneState): void {
		this.data = null;
		this.report = null;
		this.looks = [];
		this.weights = [];
		this.problem = null;
		this.#snapshots.clear();
		this.#changes.clear();
		this.#ask({ kind: "start", run: ++this.#run, task, settings, changes, file });
	}

	/** Trains until so many steps are taken in all. */
	runTo(until: number): void {
		if (until <= this.#until) return;
		this.#until = until;
		this.#go();
	}

	/** Stays where it is. */
	pause(): void {
		this.#until = 0;
		this.#go();
	}

	/** Takes no step until it is resumed, and forgets nothing: for a page that is hidden. */
	halt(isHalted: boolean): void {
		this.#isHalted = isHalted;
		this.#go();
	}

	#go(): void {
		if (!this.report) return; // once it has begun
		const until = this.#isHalted ? 0 : Math.max(this.#until, this.#origin.step);
		this.#ask(until > 0 ? { kind: "run", until } : { kind: "pause" });
	}

	/** Goes on with these settings; after which step, it says itself. */
	change(settings: LaneSettings): Promise<number> {
		const id = this.#asked++;
		return new Promise((resolve) => {
			this.#changes.set(id, resolve);
			this.#ask({ kind: "change", id, settings, from: this.#origin.step });
		});
	}

	/** The SHA-256 of its weights as they are now. */
	snapshot(): Promise<{ readonly step: number; readonly sha256: string }> {
		const id = this.#asked++;
		return new Promise((resolve) => {
			this.#snapshots.set(id, resolve);
			this.#ask({ kind: "snapshot", id });
		});
	}

	close(): void {
		this.#worker.terminate();
	}

	#ask(message: ToLane): void {
		this.#worker.postMessage(message);
	}

	#hear(message: FromLane): void {
		if (message.run !== this.#run) return; // of a start that is over
		if (message.kind === "changed") {
			this.#changes.get(message.id)?.(message.step);
			this.#changes.delete(message.id);
			return;
		}
		if (message.kind === "snapshot") {
			this.#snapshots.get(message.id)?.(message);
			this.#snapshots.delete(message.id);
			return;
		}
		if (message.kind === "failed") this.problem = `${message.message}: ${message.fix}`;
		else {
			if (message.kind === "ready") this.data = message.data;
			this.#take(message.report);
			if (message.kind === "ready") this.#go();
		}
		this.news(this);
	}

	#take(report: Report): void {
		this.report = report;
		const length = this.data?.parameters ?? 0;
		for (const [i, look] of report.looks.entries()) {
			if (this.looks.at(-1)?.isPassing) {
				this.looks.pop();
				this.weights.pop();
			}
			this.looks.push(look);
			this.weights.push(report.weights.slice(i * length, (i + 1) * length));
		}
	}
}
