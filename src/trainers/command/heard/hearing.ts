import { isKnownMetric, plainName } from "../../../core/metric-names.js";
import type { MetricsInTracker } from "../../../study/workloads/command/workload.js";
import { meantBy } from "../../../trackers/float32.js";
import type { ReportedPlace, TrainingEvent } from "../protocol.js";
import type { Columns } from "../written/columns.js";
import { type HeardLine, parseHeard } from "./line.js";

/** Names under which rows say how many updates were made, or which epoch it is, as `plainName` writes them. */
const counters: Readonly<Record<string, "step" | "epoch">> = {
	globalstep: "step",
	trainglobalstep: "step",
	step: "step",
	iteration: "step",
	iter: "step",
	epoch: "epoch",
};

/**
 * Makes events of what a script's trackers are given. A figure that several of them get counts once: each metric is the first one's that
 * has it, under the name that it has there. What the script says in the protocol itself counts alone.
 */
export class Hearing {
	/** By metric: the tracker and the name that it is taken from. */
	readonly #owners = new Map<string, { readonly tracker: string; readonly name: string }>();
	/** By metric of the user's own: where it was last. */
	readonly #places = new Map<string, string>();
	#isMute = false;
	/** Names that came without any place. */
	readonly #unplaced = new Set<string>();
	#isPlaced = false;
	/** The number of the first epoch, as the script numbers them. */
	#firstEpoch: number | null = null;

	constructor(
		private readonly settings: MetricsInTracker,
		private readonly columns: Columns,
	) {}

	/** What the trackers call the metrics that were heard. */
	get names(): ReadonlyMap<string, string> {
		return new Map([...this.#owners].map(([metric, { name }]) => [metric, name]));
	}

	/** The script speaks for itself. */
	mute(): void {
		this.#isMute = true;
	}

	/** Why nothing could be used, as far as that can be seen. */
	get missing(): string | null {
		if (this.#isPlaced || this.#unplaced.size === 0) return null;
		const names = [...this.#unplaced].slice(0, 12).join(", ");
		return `its tracker gets ${names}, but no step: log with a step, such as step=updates`;
	}

	/** What a line of the hook says; null where it is nothing of use. */
	event(line: string): TrainingEvent | null {
		const heard = this.#isMute ? null : parseHeard(line);
		if (heard === null || (this.settings.tracker !== "any" && this.settings.tracker !== heard.tracker)) return null;
		const place = this.#placeOf(heard);
		if (place === null) for (const name of heard.values.keys()) if (this.#unplaced.size < 100) this.#unplaced.add(name);
		if (place === null) return null;
		this.#isPlaced = true;
		const metrics = this.#metricsOf(heard, JSON.stringify(place));
		if (Object.keys(metrics).length === 0) return null;
		return { place, metrics, gradient: null, seconds: heard.seconds, trial: null, heard: heard.tracker };
	}

	#metricsOf({ tracker, values }: HeardLine, place: string): Readonly<Record<string, number>> {
		const found: Record<string, number> = {};
		for (const [name, value] of values)
			for (const [metric, number] of Object.entries(this.columns.metricsOf([[name, meantBy(value)]])))
				if (this.#isFrom(metric, tracker, name) && !this.#isAgain(metric, place)) found[metric] = number;
		return found;
	}

	#isFrom(metric: string, tracker: string, name: string): boolean {
		const owner = this.#owners.get(metric) ?? { tracker, name };
		this.#owners.set(metric, owner);
		return owner.tracker === tracker && owner.name === name;
	}

	/**
	 * Of the user's own metrics that aren't the goal: what is logged again at one place, as of every batch of an evaluation, is no figure of
	 * the run.
	 */
	#isAgain(metric: string, place: string): boolean {
		if (isKnownMetric(metric) || metric === this.columns.goalMetric) return false;
		const isAgain = this.#places.get(metric) === place;
		this.#places.set(metric, place);
		return isAgain;
	}

	#placeOf({ counted, at, values }: HeardLine): ReportedPlace | null {
		const { counts, from = 1 } = this.settings;
		if (counts !== undefined) {
			const own = counts === "epoch" ? (at.epoch ?? at.step) : at.step;
			return own === null ? null : { [counts]: counts === "examples" ? own : Math.max(0, own + 1 - from) };
		}
		if (counted !== null && counted > 0) return { step: counted };
		const rows = [...values].flatMap(([name, value]) => {
			const counter = counters[plainName(name)];
			return counter !== undefined && value >= 0 ? [{ counter, value }] : [];
		});
		const step = rows.find(({ counter }) => counter === "step")?.value ?? at.step;
		if (step !== null) return { step: Math.max(0, step + 1 - from) };
		const epoch = at.epoch ?? rows.find(({ counter }) => counter === "epoch")?.value ?? null;
		return epoch === null ? null : { epoch: this.#epochsDone(epoch) };
	}

	/** Epochs numbered from 0 are one more; fractions say how far an epoch is. */
	#epochsDone(epoch: number): number {
		this.#firstEpoch ??= epoch;
		return Number.isInteger(epoch) && this.#firstEpoch === 0 ? epoch + 1 : epoch;
	}
}
