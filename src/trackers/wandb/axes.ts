import { plainName } from "../../core/metric-names.js";
import type { Axis } from "../run.js";

/** By the name of a metric, or a glob such as `val/*`: the metric that counts its steps (`define_metric`). */
export type StepMetrics = ReadonlyMap<string, string>;

/** Names under which scripts log how many updates they have made, as `plainName` makes them. */
const counts: ReadonlySet<string> = new Set([
	"globalstep",
	"trainglobalstep",
	"step",
	"iteration",
	"iter",
	"update",
	"updates",
	"trainstep",
]);
/** Lightning's: the index of the last batch. */
const fromZero: ReadonlySet<string> = new Set(["trainerglobalstep"]);
const epochs: ReadonlySet<string> = new Set(["epoch", "epochs", "trainepoch"]);

/**
 * The position of a value of a row: by `define_metric`, else by a count of updates in the row itself, else by W&B's `_step`, which counts
 * the calls of `log` unless the script sets it.
 */
export function axisOf(
	key: string,
	row: ReadonlyMap<string, number>,
	stepMetrics: StepMetrics,
): { readonly axis: Axis; readonly at: number | undefined } {
	const stated = stepMetrics.get(key) ?? [...stepMetrics].find(([glob]) => matches(glob, key))?.[1];
	if (stated !== undefined && stated !== key) return { axis: meaning(stated), at: row.get(stated) };
	for (const [name, at] of row) {
		const axis = name === key || name.startsWith("_") ? "unknown" : meaning(name); // "_step" and the like are W&B's own
		if (axis.startsWith("updates")) return { axis, at };
	}
	return { axis: "calls", at: row.get("_step") };
}

function meaning(name: string): Axis {
	const plain = plainName(name);
	if (fromZero.has(plain)) return "updates from 0";
	if (counts.has(plain)) return "updates";
	return epochs.has(plain) ? "epochs" : "unknown";
}

/** A glob of W&B ends in `*`. */
const matches = (glob: string, key: string): boolean => glob.endsWith("*") && key.startsWith(glob.slice(0, -1));
