import type { Played } from "../conductor.js";
import type { Look } from "../lane/look.js";
import type { FromLane, LaneData, Report, ToLane } from "../lane/protocol.js";
import type { LaneSettings, LaneTask } from "../lane/settings.js";
import type { LaneState } from "../state/state.js";

/** The page's end of a lane: its worker, and everything that it has said. */
export class LaneLink implements Played {
	data: LaneData | null = null;
	report: Report | null = null;
	looks: Look[] = [];
	/** Weights at these looks. */
	weights: Float32Array[] = [];
	problem: string | null = null;
	/** Where it is to go by itself as soon as it has begun: of a branch, where the other lane was; else what was asked for too early. */
	catchUp = 0;
	readonly #worker: Worker;
	readonly #snapshots = new Map<number, (snapshot: { readonly step: number; readonly sha256: string }) => void>();
	readonly #changes = new Map<number, (step: number) => void>();
	#run = 0;
	#asked = 0;
	#until = 0;

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

	/** Begins anew at step 0. */
	start(task: LaneTask, { settings, changes }: LaneState): void {
		this.data = null;
		this.report = null;
		this.looks = [];
		this.weights = [];
		this.problem = null;
		this.#until = 0;
		this.#ask({ kind: "start", run: ++this.#run, task, settings, changes, file: null });
	}

	/** Trains until so many steps are taken in all. */
	runTo(until: number): void {
		if (!this.report) this.catchUp = Math.max(this.catchUp, until);
		if (!this.report || until <= this.#until) return;
		this.#until = until;
		this.#ask({ kind: "run", until });
	}

	pause(): void {
		this.#until = 0;
		this.#ask({ kind: "pause" });
	}

	/** Goes on with these settings; after which step, it says itself. */
	change(settings: LaneSettings): Promise<number> {
		const id = this.#asked++;
		return new Promise((resolve) => {
			this.#changes.set(id, resolve);
			this.#ask({ kind: "change", id, settings });
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
