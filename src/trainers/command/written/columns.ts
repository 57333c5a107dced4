import { metricNamed, whatIsWrongWithOwnName } from "../../../core/metric-names.js";
import type { MetricColumn, MetricsOnDisk } from "../../../study/workloads/command/workload.js";

/** Sets whose metrics a trial is followed by: what is chosen by the test set can't be tested on it any more. */
const sets: ReadonlySet<string> = new Set(["train", "validation"]);

/** Which columns, keys or tags of a script's files have metrics: those that the study names, and others by their names. */
export class Columns {
	readonly #named = new Map<string, { readonly metric: string; readonly scale: number }>();
	readonly #taken: ReadonlySet<string>;

	/**
	 * `goalMetric`: recognized by its own name. `all`: metrics of the test set and names that can be the user's own are taken as well, so
	 * that it is seen what there is.
	 */
	constructor(
		names: MetricsOnDisk["names"],
		readonly goalMetric: string,
		private readonly all = false,
	) {
		const named = Object.entries(names ?? {}).filter((entry): entry is [string, MetricColumn] => entry[1] !== undefined);
		for (const [metric, { name, scale }] of named) this.#named.set(name, { metric, scale });
		this.#taken = new Set(named.map(([metric]) => metric));
	}

	/** The metrics in a row's cells; the first cell counts where two mean the same. */
	metricsOf(cells: Iterable<readonly [title: string, value: number]>): Record<string, number> {
		const metrics: Record<string, number> = {};
		for (const [title, value] of cells) {
			const { metric, scale } = this.#metricOf(title) ?? { metric: null, scale: 1 };
			// 33.3 × 0.01 is 0.33299999999999996: a goal of 0.333 is met all the same.
			if (metric !== null && !(metric in metrics)) metrics[metric] = scale === 1 ? value : Number((value * scale).toPrecision(15));
		}
		return metrics;
	}

	has(title: string): boolean {
		return this.#metricOf(title) !== null;
	}

	#metricOf(title: string): { readonly metric: string; readonly scale: number } | null {
		const named = this.#named.get(title);
		if (named) return named;
		const known = metricNamed(title);
		const isMeant = known && (sets.has(known.set) || (this.all && known.set === "test")) && known.kind !== "error";
		const own = title === this.goalMetric ? title : this.all ? ownNameOf(title) : null;
		const metric = isMeant ? `${known.set}.${known.kind}` : own;
		return metric === null || this.#taken.has(metric) ? null : { metric, scale: 1 };
	}
}

/** The name that a metric of the user's own can have here, by its title; null where it can have none. */
export function ownNameOf(title: string): string | null {
	const name = title.replace(/[^A-Za-z0-9_@+./-]+/g, "_").replace(/^_+|_+$/g, "");
	return whatIsWrongWithOwnName(name) === null ? name : null;
}
