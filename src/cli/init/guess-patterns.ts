import type { MetricName } from "../../core/known-metrics.js";
import { isKnownShare, whatIsWrongWithOwnName } from "../../core/metric-names.js";
import { type CounterName, counterNames, type OutputPatterns } from "../../study/workloads/command/workload.js";
import { PatternMatcher } from "../../trainers/command/patterns.js";
import type { TrainingEvent } from "../../trainers/command/protocol.js";
import { ownMetricWords } from "./metric-directions.js";

/** A pattern as a study file has it. `scale`: of percentages; `from`: of counters that begin with 0. */
export interface GuessedPattern {
	readonly pattern: string;
	readonly scale?: number;
	readonly from?: 0;
}

/** By the names of metrics, known ones and those that the script has of its own, and of the counter. */
export type GuessedPatterns = Readonly<Partial<Record<string, GuessedPattern>>>;

export const guessedEntries = (guessed: GuessedPatterns): readonly (readonly [string, GuessedPattern])[] =>
	Object.entries(guessed).flatMap(([key, one]) => (one ? [[key, one] as const] : []));

const isCounterName = (key: string): key is CounterName => (counterNames as readonly string[]).includes(key);

const number = "[-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?|nan|inf";
/** Between a name and its number. */
const between = "[\\s:=>|\\]\\[('\"]*";
/** What stands in a pattern for the number itself. Where a counter shows parts of epochs (`'epoch': 0.33`), only whole ones count. */
const caught = { counter: "([0-9]+)", whole: "([0-9]+)(?:\\.0*)?(?![.0-9])", metric: "([-+.0-9eE]+|nan|inf)" };

type Words = readonly (readonly [key: MetricName | CounterName, name: RegExp])[];

/** How scripts name what they print; the first that is found counts. */
const words: Words = [
	["step", /\b(?:global[_ ]?)?(?:step|iter(?:ation)?|update)s?\b/i],
	["epoch", /\bepochs?\b/i],
	["validation.accuracy", /\b(?:val(?:id(?:ation)?)?|eval|dev|held[- ]?out)[\w/ .-]{0,12}?acc(?:uracy)?\b/i],
	["validation.accuracy", /\bacc(?:uracy)?[_/ -](?:val(?:id(?:ation)?)?|eval|dev)\b/i],
	["validation.loss", /\b(?:val(?:id(?:ation)?)?|eval|dev|held[- ]?out)[\w/ .-]{0,12}?loss\b/i],
	["test.accuracy", /\btest[\w/ .-]{0,12}?acc(?:uracy)?\b/i],
	["test.loss", /\btest[\w/ .-]{0,12}?loss\b/i],
	["train.accuracy", /\btrain(?:ing)?[\w/ .-]{0,12}?acc(?:uracy)?\b/i],
	["train.loss", /\btrain(?:ing)?[\w/ .-]{0,12}?loss\b/i],
];

/** Names that don't say which set they are of. */
const bare = [
	["loss", /\b(?:(?:avg|average|mean)\.?\s+)?loss\b/i],
	["accuracy", /\bacc(?:uracy)?\b/i],
] as const;

/** Words for the sets; where a script shows figures of several, those of held-out ones are worth more. */
const sets = [
	["validation", /\b(?:val(?:id(?:ation)?)?|eval(?:uation)?|dev)\b/i],
	["test", /\btest(?:ing)?\b/i],
	["train", /\btrain(?:ing)?\b/i],
] as const;

const anySet = sets.map(([, word]) => word.source).join("|");

interface Sighting {
	readonly pattern: RegExp;
	readonly values: readonly number[];
	/** Lines in which it was seen. */
	readonly at: readonly number[];
	/** What makes shares of the values: 0.01 of percentages, 1/360 of `324/360`. */
	readonly scale: number;
	/** Of `100/600`: it says where it ends. */
	readonly ofTotal: boolean;
}

/**
 * Guesses, from what a script printed, the patterns that find its figures: names that are usual, followed by a number. Empty where nothing
 * shows both how far the script is and how well it does.
 */
export function guessPatterns(lines: readonly string[]): GuessedPatterns {
	const found = sightingsIn(lines);
	const counter = counterAmong(found);
	if (counter === null) return {};
	const places = found.get(counter) as Sighting;
	const metrics = metricsAmong(found).filter((key) => isOnceAPlace(found.get(key) as Sighting, places));
	if (metrics.length === 0) return {};
	const hasValidation = metrics.some((key) => key.startsWith("validation."));
	/** Many scripts look at their “test set” every epoch: what a study chooses by is a validation set, under any name. */
	const asGoal = (key: string): string => (hasValidation ? key : key.replace(/^test(?=[./])/, "validation"));
	return Object.fromEntries([
		...metrics.map((key) => [asGoal(key), guessed(key, found.get(key) as Sighting)]),
		[counter, guessed(counter, places)],
	]);
}

/** The metrics that are printed where nothing shows how far the script is; none where something does. */
export function placeless(lines: readonly string[]): readonly string[] {
	const found = sightingsIn(lines);
	return counterAmong(found) === null ? metricsAmong(found) : [];
}

type Sightings = ReadonlyMap<string, Sighting>;

const metricsAmong = (found: Sightings): readonly string[] => [...found.keys()].filter((key) => !isCounterName(key));

function sightingsIn(lines: readonly string[]): Sightings {
	const found = new Map<string, Sighting>();
	const keep = (key: string, seen: Sighting | null) => {
		if (seen !== null && !found.has(key)) found.set(key, seen);
	};
	for (const [key, name] of words) keep(key, sightingOf(name, key.includes("."), lines));
	// `Test set: Average loss: 0.05, Accuracy: 92/100`: the set stands before, in the same line.
	for (const [set, word] of sets) for (const [what, name] of bare) keep(`${set}.${what}`, sightingOf(name, true, lines, word));
	for (const label of ownLabelsIn(lines)) keep(ownNameOf(label), sightingOf(new RegExp(`(?<![\\w./-])${literal(label)}\\b`), true, lines));
	if (metricsAmong(found).length === 0) for (const [key, seen] of underHeadings(lines)) keep(key, seen);
	if (counterAmong(found) === null && metricsAmong(found).length > 0) keep("epoch", ofTotalIn(lines));
	return found;
}

/**
 * A usual name of a metric that isn't known here, with what stands before and behind it: `F1`, `val_f1_macro`, `eval/recall@10`, `mean
 * return`.
 */
const ownLabel = new RegExp(
	`(?<![\\w./-])((?:(?:val(?:id(?:ation)?)?|eval(?:uation)?|dev|test|train(?:ing)?|held[- ]?out|mean|avg|average|episode|token)[_/ .-])*(?:${ownMetricWords.join("|")})(?:[_@-][a-z0-9]+)*)${between}(?:${number})`,
	"gi",
);

function ownLabelsIn(lines: readonly string[]): readonly string[] {
	const labels = new Set<string>();
	for (const line of lines) for (const [, label] of line.matchAll(ownLabel)) labels.add(label);
	return [...labels].filter((label) => whatIsWrongWithOwnName(ownNameOf(label)) === null);
}

/** As a study file can have it: `Mean Return` is `mean_return`. */
const ownNameOf = (label: string): string => label.toLowerCase().replace(/\s+/g, "_");

/** `[12/50] valid acc 0.87`: a line that begins with how many of all there were. Without a word they are taken for epochs. */
function ofTotalIn(lines: readonly string[]): Sighting | null {
	const pattern = /^\s*[[(]?\s*([0-9]+)\s*\/\s*[0-9]+/;
	const hits = lines.flatMap((line, at) => {
		const match = pattern.exec(line);
		return match ? [{ at, value: Number(match[1]) }] : [];
	});
	if (hits.length === 0) return null;
	return { pattern, values: hits.map(({ value }) => value), at: hits.map(({ at }) => at), scale: 1, ofTotal: true };
}

/** How many of the lines a pattern is found in. */
export const linesWith = ({ pattern }: GuessedPattern, lines: readonly string[]): number => {
	const wanted = new RegExp(pattern);
	return lines.filter((line) => wanted.test(line)).length;
};

/** What the trainer would hear by these patterns in the lines, as far as it can be read. */
export const eventsBy = (guessed: GuessedPatterns, lines: readonly string[]): readonly TrainingEvent[] =>
	new PatternMatcher(
		Object.fromEntries(
			guessedEntries(guessed).map(([key, one]) => [key, isCounterName(key) ? { from: 1, ...one } : { scale: 1, ...one }]),
		) satisfies OutputPatterns,
	)
		.events(lines)
		.flatMap((event) => ("wrong" in event ? [] : [event]));

function guessed(key: string, { pattern, values, scale }: Sighting): GuessedPattern {
	const inPercent = isKnownShare(key) && scale === 1 && values.some((one) => one > 1);
	const scaled = isKnownShare(key) && (scale !== 1 || inPercent);
	const fromNothing = isCounterName(key) && values[0] === 0;
	return {
		pattern: pattern.source,
		...(scaled && { scale: inPercent ? 0.01 : scale }),
		...(fromNothing && { from: 0 as const }),
	};
}

/** The step, or else the epoch: the one that goes forwards. `Step [100/600]` next to an epoch begins anew with each. */
function counterAmong(found: Sightings): CounterName | null {
	const [step, epoch] = [found.get("step"), found.get("epoch")];
	const isEpoch = epoch !== undefined && isCounter(epoch.values);
	if (step && isCounter(step.values) && !(step.ofTotal && isEpoch)) return "step";
	return isEpoch ? "epoch" : null;
}

/** A figure that changes within an epoch, as the loss of each batch does, isn't the epoch's. */
function isOnceAPlace(metric: Sighting, counter: Sighting): boolean {
	const values = new Map<number | undefined, number>();
	return metric.at.every((line, i) => {
		const place = counter.values[counter.at.findLastIndex((at) => at <= line)];
		const value = metric.values[i];
		const before = values.get(place) ?? value;
		values.set(place, value);
		return place === undefined || Object.is(before, value);
	});
}

/**
 * Figures whose line says nothing of the set: the line above may, by itself. Where it says so of none, they are taken as the training
 * set's.
 */
function underHeadings(lines: readonly string[]): readonly (readonly [MetricName, Sighting])[] {
	const seen = bare.flatMap(([what, name]) => {
		const one = sightingOf(name, true, lines);
		if (one === null) return [];
		const isUnder = (word: RegExp) => one.at.every((line) => line > 0 && word.test(lines[line - 1]));
		return [{ what, one, set: sets.find(([, word]) => isUnder(word))?.[0] ?? null }];
	});
	const named = seen.filter(({ set }) => set !== null);
	return (named.length > 0 ? named : seen).map(({ what, one, set }) => [`${set ?? "train"}.${what}`, one] as const);
}

/**
 * The name as the script writes it, behind the set's where one is asked for, and the numbers behind it; null where it is never followed by
 * one.
 */
function sightingOf(name: RegExp, isMetric: boolean, lines: readonly string[], set?: RegExp): Sighting | null {
	// In `train loss 0.5, val acc 0.9` the accuracy isn't the training set's.
	const before = set === undefined ? "()" : `(${set.source})(?:(?!${anySet})[^\\n]){0,80}?`;
	const withValue = new RegExp(`${before}(${name.source})(${between})(${number})(\\s*%|/[0-9]+\\b|\\.?)`, "i");
	const seen = lines.flatMap((line, at) => {
		const match = withValue.exec(line);
		return match ? [{ at, match }] : [];
	});
	if (seen.length === 0) return null;
	const [, word, label, space] = seen[0].match;
	const named = `${set === undefined ? "" : `${literal(word)}.*?`}${literal(label)}${literal(space)}`;
	const after = seen.map(({ match }) => match[5]);
	const total = /^\/([0-9]+)$/.exec(after[0])?.[1];
	const isShare = isMetric && total !== undefined && after.every((one) => one === `/${total}`);
	const isParted = !isMetric && seen.some(({ match }) => !Number.isInteger(Number(match[4])));
	const group = isShare ? `([0-9]+)/${total}` : isMetric ? caught.metric : isParted ? caught.whole : caught.counter;
	const pattern = new RegExp(`${named}${group}`);
	const hits = lines.flatMap((line, at) => {
		const match = pattern.exec(line);
		return match ? [{ at, value: Number(match[1]), isPercent: /^\s*%/.test(line.slice(match.index + match[0].length)) }] : [];
	});
	return {
		pattern,
		values: hits.map(({ value }) => value),
		at: hits.map(({ at }) => at),
		scale: isShare ? 1 / Number(total) : hits.some(({ isPercent }) => isPercent) ? 0.01 : 1,
		ofTotal: total !== undefined,
	};
}

/** The text itself, with as much space as there may be. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s*");

/** Whole numbers that never fall. */
const isCounter = (values: readonly number[]): boolean =>
	values.every((one, i) => Number.isInteger(one) && one >= 0 && (i === 0 || one >= values[i - 1]));
