import { plainName } from "../../../core/metric-names.js";
import type { TrackedRun } from "../../../trackers/run.js";
import type { Answers } from "./answers.js";
import { type Found, settingIn, settingInName, settingNamed } from "./settings.js";
import { some, unusable } from "./unusable.js";

/** The examples of one update, and where the figure is from. */
export interface Batch {
	readonly size: number;
	readonly from: string;
}

/**
 * The effective batch of a run: per device × devices × accumulation. `examples`: of the training set. Throws `import/unusable` where
 * it isn't known.
 */
export function batchOf(run: TrackedRun, answers: Answers, examples: number): Batch {
	const accumulation = answers.accumulation ?? settingIn(run, "accumulation")?.value ?? null;
	const devices = settingIn(run, "devices")?.value ?? null;
	const { kind, key, value } = written(run, answers);
	if (kind === "whole") {
		if (answers.devices !== undefined || answers.accumulation !== undefined)
			throw unusable(`${run.name} has ${key} ${value}, which is of all devices and accumulated`, "omit --devices and --accumulation");
		return { size: value, from: key };
	}
	if (kind === "device") return ofDevices(run, { key, value }, { devices: answers.devices ?? devices, accumulation }, examples);
	if (answers.devices === undefined && devices !== null && devices > 1)
		throw unusable(
			`${run.name} ran on ${devices} devices with ${key} ${value}, which may be of each of them or of all`,
			`say \`--devices ${devices}\` if each of them takes ${value} examples, \`--devices 1\` if they share them`,
			"devices",
		);
	return product(key, value, answers.devices ?? 1, accumulation ?? 1);
}

type Kind = "whole" | "device" | "unclear";

function written(run: TrackedRun, { batchSizeKey }: Answers): Found & { readonly kind: Kind } {
	if (batchSizeKey !== undefined) return { ...settingNamed(run, batchSizeKey, "--batch-size-key"), kind: kindOf(batchSizeKey) };
	for (const [setting, kind] of [
		["wholeBatch", "whole"],
		["deviceBatch", "device"],
		["batch", "unclear"],
	] as const) {
		const found = settingIn(run, setting, "--batch-size-key");
		if (found) return { ...found, kind };
	}
	const named = settingInName(run, "batch");
	if (named) return { ...named, kind: "unclear" };
	throw unusable(
		`the batch size of ${run.name} is not known; its settings are ${some([...run.config.keys()])}`,
		"name its setting with --batch-size-key KEY",
		"batchSizeKey",
	);
}

/** Whether a setting counts the batch of one device or of all, judged by its name. */
function kindOf(key: string): Kind {
	const plain = plainName(key);
	if (/global|effective|total/.test(plain)) return "whole";
	return /perdevice|pergpu|micro|local/.test(plain) ? "device" : "unclear";
}

function ofDevices(
	run: TrackedRun,
	{ key, value }: Pick<Found, "key" | "value">,
	{ devices, accumulation }: { readonly devices: number | null; readonly accumulation: number | null },
	examples: number,
): Batch {
	if (devices !== null && accumulation !== null) return product(key, value, devices, accumulation);
	const times = timesSeen(run, value, examples);
	if (times !== null) return { size: value * times, from: `${key} × ${times}, by its epochs` };
	const flags: string[] = [];
	const unknown: string[] = [];
	if (devices === null) {
		flags.push("`--devices N`");
		unknown.push("how many devices there were");
	}
	if (accumulation === null) {
		flags.push("`--accumulation N`");
		unknown.push("how many batches made one update");
	}
	throw unusable(
		`${run.name} has ${key} ${value}, which is of one device; not known: ${unknown.join(", and ")}`,
		`say ${flags.join(" and ")} (1 where there was one)`,
		...(devices === null ? (["devices"] as const) : []),
		...(accumulation === null ? (["accumulation"] as const) : []),
	);
}

const product = (key: string, value: number, devices: number, accumulation: number): Batch => ({
	size: value * devices * accumulation,
	from: `${key}${devices === 1 ? "" : ` × ${devices} devices`}${accumulation === 1 ? "" : ` × ${accumulation} accumulated`}`,
});

/** Names under which Hugging Face's trainer logs the epochs that are done, as a fraction. */
const epochCurves = ["epoch", "train/epoch"];
/** The largest distance from a whole number that still counts as one. */
const tolerance = 0.02;

/**
 * How many device batches one update used, computed from the epochs completed at the last step. Null if that is not a whole
 * number.
 */
function timesSeen({ curves }: TrackedRun, value: number, examples: number): number | null {
	for (const name of epochCurves) {
		const curve = curves.get(name);
		const at = curve?.at.at(-1);
		const epochs = curve?.values.at(-1);
		if (at === undefined || epochs === undefined || curve?.axis === "updates from 0") continue;
		const times = (examples * epochs) / (at * value);
		if (times > 0.5 && Math.abs(times / Math.round(times) - 1) <= tolerance) return Math.round(times);
	}
	return null;
}
