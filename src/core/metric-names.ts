import { distance } from "fastest-levenshtein";
import { metricNames } from "./known-metrics.js";
import { isRecordedName } from "./recorded.js";

/** What a known metric is measured on, and what it measures, with the words that stand for them in other people's tables. */
const sets = {
	train: ["train", "training"],
	validation: ["validation", "valid", "val", "dev", "eval"],
	test: ["test"],
	batch: ["batch", "minibatch"],
} as const;
const kinds = { loss: ["loss"], accuracy: ["accuracy", "acc"], error: ["error", "err", "errorrate"] } as const;

/** Letters and digits only, small: `Learning Rate`, `learning-rate` and `learning_rate` are one. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * The known metric that a name in a table or on the command line means: `validation.accuracy`, `val_acc`, `Val Acc`, `acc/val`. Undefined
 * where it is not one.
 */
export function metricNamed(name: string): { readonly set: keyof typeof sets; readonly kind: keyof typeof kinds } | undefined {
	const wanted = plainName(name);
	for (const set of Object.keys(sets) as (keyof typeof sets)[]) {
		for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
			for (const a of sets[set]) for (const b of kinds[kind]) if (wanted === a + b || wanted === b + a) return { set, kind };
		}
	}
	return undefined;
}

const known: ReadonlySet<string> = new Set(metricNames);

/** Whether it is one of the metrics whose meaning is known here; all others are the user's own. */
export const isKnownMetric = (name: string): boolean => known.has(name);

/** Whether its values are shares from 0 to 1. */
export const isKnownShare = (name: string): boolean => isKnownMetric(name) && name.endsWith(".accuracy");

/** Whether a goal on this metric is checked by the accuracy: an error is 1 − accuracy. Any other name that ends so is the user's own. */
export const isKnownError = (metric: string): boolean => metric === "train.error" || metric === "validation.error";

/**
 * Parts of letters, digits, `_`, `-`, `@` and `+`, joined by `.` or `/`: no blank, comma, quote or brace, which tables and commands need.
 */
const ownName = /^[A-Za-z][A-Za-z0-9_@+-]*(?:[./][A-Za-z0-9_@+-]+)*$/;
const longestOwnName = 64;

/** What counts or sets something wherever metrics stand next to it, as `plainName` writes it. */
const reserved: ReadonlySet<string> = new Set([
	...["step", "steps", "globalstep", "epoch", "epochs", "examples", "samples", "seconds", "trial", "phase", "outcome", "cap"],
	...["batchsize", "learningrate", "lr", "momentum", "weightdecay", "seed", "seedindex", "run"],
]);

/** Known names are misspelt by up to this many letters. */
const misspelt = 2;

/** Why a name can't be that of a metric of the user's own; null where it can. */
export function whatIsWrongWithOwnName(name: string): string | null {
	if (!ownName.test(name) || name.length > longestOwnName)
		return `"${name.slice(0, longestOwnName)}" can't name a metric: use up to ${longestOwnName} letters, digits, _, -, @ and +, a letter first, in parts joined by . or /, such as f1, validation.f1 or eval/auc`;
	if (reserved.has(plainName(name)) || isRecordedName(name) || name in {})
		return `"${name}" is the name of something else here: give the metric another, such as my_${plainName(name)}`;
	const meant = metricNamed(name);
	if (meant?.kind === "error")
		return `"${name}" is 1 − ${meant.set}.accuracy: report ${meant.set}.accuracy, or use a name of your own, such as error_rate`;
	if (meant) return `"${name}" is another way to write ${meant.set}.${meant.kind}: write \`${meant.set}.${meant.kind}\``;
	const near = metricNames.find((one) => distance(one, name) <= misspelt);
	return near === undefined
		? null
		: `unknown metric "${name}" (did you mean \`${near}\`?); for a metric of your own, choose a name that is less alike`;
}
