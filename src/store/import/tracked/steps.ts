import { metricNamed } from "../../../core/metric-names.js";
import type { Axis, Curve, TrackedRun } from "../../../trackers/run.js";
import { unnamedCurve } from "../../../trackers/run.js";
import { type Answers, axisSaid } from "./answers.js";
import { settingIn } from "./settings.js";
import { some, unusable } from "./unusable.js";

type Numbers = Curve["at"];

const ask = "`--steps-are updates`, `updates-from-0` (the index of the last one), `epochs` or `epochs-from-0`";

/**
 * Updates done at each point of a curve. `perEpoch`: updates of an epoch; `last`: where the curve of the goal's metric ends. Throws
 * `import/unusable` where the axis isn't known.
 */
export function updatesAt(run: TrackedRun, name: string, curve: Curve, answers: Answers, perEpoch: number, last: number): Numbers {
	const counted = answers.stepKey === undefined ? curve.at : countedBy(run, answers.stepKey, curve);
	const axis = saidOf(curve, answers, last) ?? (answers.stepKey === undefined ? axisOf(run, name, curve, perEpoch) : "updates");
	switch (axis) {
		case "updates from 0":
			return counted.map((at) => at + 1);
		case "epochs":
			return counted.map((at) => Math.round(at * perEpoch));
		case "epochs from 0":
			return counted.map((at) => Math.round((at + 1) * perEpoch));
		default:
			return counted;
	}
}

/**
 * What the user states about the steps. Epochs refer to the goal's metric: a curve that goes on beyond it counts something else, for
 * example the loss of every update.
 */
function saidOf({ at }: Curve, answers: Answers, last: number): Axis | null {
	const said = axisSaid(answers);
	const isBeyond = (at.at(-1) ?? 0) > last + 1;
	return said?.startsWith("epochs") && isBeyond ? "updates" : said;
}

/** The curve's points by another curve, which has the number of updates at each of them; NaN where it has none. */
function countedBy({ name, curves }: TrackedRun, key: string, { at }: Curve): Numbers {
	const counter = curves.get(key);
	if (counter === undefined)
		throw unusable(`${name} logs no ${key}; it logs ${some([...curves.keys()])}`, "name one of them with --step-key");
	const counts = new Map(Array.from(counter.at, (point, i) => [point, counter.values[i]]));
	return at.map((point) => counts.get(point) ?? Number.NaN);
}

function axisOf(run: TrackedRun, name: string, curve: Curve, perEpoch: number): Axis {
	const { axis, at } = curve;
	if (axis === "epochs" && at[0] === 0)
		throw unusable(
			`${run.name} has ${name} from epoch 0 on, which may be before the first epoch or after it`,
			"say which: `--steps-are epochs` or `--steps-are epochs-from-0`",
			"stepsAre",
		);
	if (axis !== "unknown" && axis !== "calls") return axis;
	const metric = name === unnamedCurve ? "intermediate values" : name;
	if (name === unnamedCurve)
		throw unusable(`${run.name} reports its ${metric} at steps that may be updates or epochs`, `say which: ${ask}`, "stepsAre");
	if (axis === "calls" && at.length > 1 && at.every((point, i) => point === i))
		throw unusable(
			`${run.name} has ${metric} at 0, 1, 2, …, which counts how often it logged`,
			`name the number that counts updates with --step-key KEY (it logs ${some([...run.curves.keys()])}), or say what a step is: ${ask}`,
			"stepsAre",
		);
	const epochs = settingIn(run, "epochs")?.value;
	const last = at.at(-1) ?? 0;
	if (epochs !== undefined && epochs > 1 && (last === epochs || last === epochs - 1) && last < perEpoch * epochs)
		throw unusable(
			`${run.name} trained for ${epochs} epochs and has ${metric} up to step ${last}: they look like epochs`,
			`say what a step is: ${ask}`,
			"stepsAre",
		);
	if (at.length > 2 && at[0] <= 1 && at.every((point, i) => point === at[0] + i) && metricNamed(name)?.set === "validation")
		throw unusable(
			`${run.name} has ${name} at ${at[0]}, ${at[1]}, ${at[2]}, …, which may be updates or epochs`,
			`say what a step is: ${ask}`,
			"stepsAre",
		);
	return isIndex(at) ? "updates from 0" : "updates";
}

/** Whether the points are indices from 0: 49, 99, 149 are after 50, 100 and 150 updates. */
function isIndex(at: Numbers): boolean {
	if (at.length < 3 || !at.every((point) => Number.isInteger(point) && point >= 0)) return false;
	const divisor = (add: number) => at.reduce((all, point) => greatestDivisor(all, point + add), 0);
	return divisor(0) === 1 && divisor(1) >= 5;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
