import { plainName } from "../../../core/metric-names.js";
import { meantBy } from "../../../trackers/float32.js";
import type { Curve, TrackedRun } from "../../../trackers/run.js";
import type { Answers } from "./answers.js";
import { settingIn, settingInName, settingNamed } from "./settings.js";
import { some, unusable } from "./unusable.js";

export interface Rate {
	/** At its peak. */
	readonly value: number;
	readonly from: string;
	/** It falls towards the end of the run, so every step depends on the planned length. */
	readonly falls: boolean;
}

/** The peak learning rate of a run. Throws `import/unusable` where it isn't known. */
export function rateOf(run: TrackedRun, { learningRateKey }: Answers): Rate {
	const logged = loggedRate(run);
	const falls = logged !== null && doesFall(logged.curve);
	const found =
		learningRateKey === undefined
			? (settingIn(run, "learningRate", "--learning-rate-key") ?? settingInName(run, "learningRate"))
			: settingNamed(run, learningRateKey, "--learning-rate-key");
	if (found) return { value: meantBy(found.value), from: found.key, falls };
	// The log has the scheduled rate, which peaks after warm-up.
	const peak = logged?.curve.values.reduce((most, value) => Math.max(most, value), 0);
	if (logged && peak !== undefined && peak > 0) return { value: meantBy(peak), from: `the peak of ${logged.name}`, falls };
	throw unusable(
		`the learning rate of ${run.name} is not known; its settings are ${some([...run.config.keys()])}`,
		"name its setting with --learning-rate-key KEY",
		"learningRateKey",
	);
}

/** What is logged under a name of the learning rate: `lr`, `train/learning_rate`, Lightning's `lr-SGD`. */
function loggedRate({ curves }: TrackedRun): { readonly name: string; readonly curve: Curve } | null {
	for (const [name, curve] of curves) {
		const last = name.split("/").at(-1) ?? "";
		if (["learningrate", "lr"].includes(plainName(last)) || last.startsWith("lr-")) return { name, curve };
	}
	return null;
}

/**
 * A rate counts as falling with the run if at most this share of the peak is left at the end. A single step of a fixed plan may leave
 * half.
 */
const leftOver = 0.5;

function doesFall({ values }: Curve): boolean {
	const peak = values.reduce((most, value) => Math.max(most, value), 0);
	return values.length > 2 && peak > 0 && values[values.length - 1] < leftOver * peak;
}

/** Schedules that end with the run, by the names that libraries have for them. */
export const tiedSchedule = ({ config }: TrackedRun): boolean =>
	[...config].some(
		([key, value]) =>
			/^(lr)?schedul(e|er|ertype)$|^lrscheduler(type)?$|^lrdecay(style)?$/.test(plainName(key.split(/[./]/).at(-1) ?? "")) &&
			typeof value === "string" &&
			/linear|cosine|poly|one_?cycle/i.test(value),
	);
