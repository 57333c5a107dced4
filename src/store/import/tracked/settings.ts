import { plainName } from "../../../core/metric-names.js";
import type { TrackedRun } from "../../../trackers/run.js";
import type { AskedName } from "../../../trackers/unanswered.js";
import { some, unusable } from "./unusable.js";

/** Usual names of each setting, as `plainName` makes them; earlier ones have priority. */
const names = {
	learningRate: ["learningrate", "lr", "baselr", "initiallr", "initlr", "lr0", "peaklr", "maxlr", "lrmax", "eta"],
	seed: ["seed", "randomseed", "randomstate", "manualseed", "globalseed", "rngseed"],
	momentum: ["momentum"],
	weightDecay: ["weightdecay", "wd"],
	epochs: ["epochs", "numepochs", "nepochs", "maxepochs", "numtrainepochs"],
	/** Of all devices together, accumulation included. */
	wholeBatch: ["globalbatchsize", "globaltrainbatchsize", "effectivebatchsize", "totalbatchsize", "totaltrainbatchsize"],
	/** Of one device, before accumulation. */
	deviceBatch: [
		"perdevicetrainbatchsize",
		"perdevicebatchsize",
		"pergputrainbatchsize",
		"microbatchsize",
		"trainmicrobatchsizepergpu",
		"batchsizepergpu",
		"batchsizeperdevice",
		"localbatchsize",
	],
	/** Of one device or of all: the name doesn't say. */
	batch: ["batchsize", "trainbatchsize", "bs", "batch"],
	accumulation: [
		"gradientaccumulationsteps",
		"accumulategradbatches",
		"gradaccumsteps",
		"gradaccum",
		"accumulationsteps",
		"gradientaccumulation",
		"accumsteps",
	],
	devices: ["worldsize", "numdevices", "ngpu", "ngpus", "numgpus", "numprocesses", "nprocpernode", "devices", "gpus"],
} as const;

export type SettingName = keyof typeof names;

export interface Found {
	/** As the tracker, or the run's name, has it. */
	readonly key: string;
	readonly value: number;
	/** As it is written: seeds may be words. */
	readonly text: string;
}

/**
 * A setting of a run's configuration, by one of its names: the whole key, else the last part of a nested one. Null where there is none
 * that is a number.
 */
export function settingIn({ config, name: run }: TrackedRun, setting: SettingName, flag?: string): Found | null {
	for (const wanted of names[setting]) {
		const whole = [...config].filter(([key]) => plainName(key) === wanted);
		const found = whole.length > 0 ? whole : [...config].filter(([key]) => plainName(key.split(/[./]/).at(-1) ?? "") === wanted);
		const numbers = found.flatMap(([key, value]) => asFound(key, value) ?? []);
		const [first] = numbers;
		if (first === undefined) continue;
		const other = numbers.find(({ value }) => value !== first.value);
		if (other && flag !== undefined)
			throw unusable(
				`${run}: ${first.key} is ${first.value} and ${other.key} is ${other.value}, and either may be meant`,
				`say which: \`${flag} ${first.key}\``,
				...keysAsked(flag),
			);
		return first;
	}
	return null;
}

/**
 * The setting with exactly this key. Throws `import/unusable` if the run lacks it, or if it isn't a number (unless `words`, which allows
 * any text).
 */
export function settingNamed({ config, name }: TrackedRun, wanted: string, flag: string, words = false): Found {
	const key = config.has(wanted) ? wanted : [...config.keys()].find((one) => plainName(one) === plainName(wanted));
	if (key === undefined)
		throw unusable(
			`${name} has no setting ${wanted}; it has ${some([...config.keys()])}`,
			`name one of them with ${flag}`,
			...keysAsked(flag),
		);
	const value = config.get(key) ?? null;
	const found = asFound(key, value);
	if (found) return found;
	if (words && value !== null) return { key, value: Number.NaN, text: String(value) };
	throw unusable(`${name}: ${key} is ${JSON.stringify(value)}, expected a number`, `name another setting with ${flag}`, ...keysAsked(flag));
}

/** The question that asks for the setting of this flag. */
const keysAsked = (flag: string): readonly AskedName[] =>
	flag === "--batch-size-key" ? ["batchSizeKey"] : flag === "--learning-rate-key" ? ["learningRateKey"] : [];

function asFound(key: string, value: unknown): Found | null {
	const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
	const number = Number(text);
	return text === "" || !Number.isFinite(number) ? null : { key, value: number, text };
}

/** Settings that people write into the names of their runs: `batch_size=32,lr=0.1,seed=1`, `bs32_lr0.1_seed1`. */
const inNames: readonly (readonly [SettingName, RegExp])[] = [
	["batch", /(?:^|[^a-z])(?:train_?batch_?size|batch[_-]?size|batch|bs)[=_-]?(\d+)(?![\d.])/i],
	["learningRate", /(?:^|[^a-z])(?:learning[_-]?rate|lr)[=_-]?(\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)/i],
	["seed", /(?:^|[^a-z])seed[=_-]?(\d+)/i],
];

export function settingInName({ name }: TrackedRun, setting: SettingName): Found | null {
	const pattern = inNames.find(([one]) => one === setting)?.[1];
	const text = pattern?.exec(name)?.[1];
	return text === undefined ? null : { key: "the run's name", value: Number(text), text };
}
