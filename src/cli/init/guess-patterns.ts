import type { MetricName } from "../../core/trial.js";
import type { CounterName } from "../../study/command/workload.js";

/** A pattern as a study file has it. `scale`: of percentages; `from`: of counters that begin with 0. */
export interface GuessedPattern {
	readonly pattern: string;
	readonly scale?: number;
	readonly from?: 0;
}

export type GuessedPatterns = Readonly<Partial<Record<MetricName | CounterName, GuessedPattern>>>;

const number = "[-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?|nan|inf";
/** Between a name and its number. */
const between = "[\\s:=>|\\]\\[(]*";
/** What stands in a pattern for the number itself. */
const caught = { counter: "([0-9]+)", metric: "([-+.0-9eE]+|nan|inf)" };

/** How scripts name what they print; the first that is found counts. */
const words: readonly (readonly [key: MetricName | CounterName, name: RegExp])[] = [
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

/** Of a name that says nothing of the set: taken as the training set's, only where nothing else was found. */
const bare: typeof words = [
	["train.loss", /\bloss\b/i],
	["train.accuracy", /\bacc(?:uracy)?\b/i],
];

interface Sighting {
	readonly pattern: RegExp;
	readonly values: readonly number[];
	readonly percent: boolean;
}

/**
 * Guesses, from what a script printed, the patterns that find its figures: names that are usual, followed by a number. Empty where nothing tells both how far
 * the script is and how well it does.
 */
export function guessPatterns(lines: readonly string[]): GuessedPatterns {
	const found = new Map<MetricName | CounterName, Sighting>();
	const look = (candidates: typeof words) => {
		for (const [key, name] of candidates) {
			if (found.has(key)) continue;
			const seen = sightingOf(name, key.includes(".") ? caught.metric : caught.counter, lines);
			if (seen !== null) found.set(key, seen);
		}
	};
	look(words);
	if (![...found.keys()].some((key) => key.includes("."))) look(bare);
	const counters = (["step", "epoch"] as const).filter((key) => found.has(key) && isCounter(found.get(key)?.values ?? []));
	const metrics = [...found.keys()].filter((key): key is MetricName => key.includes("."));
	if (counters.length === 0 || metrics.length === 0) return {};
	return Object.fromEntries(
		[...metrics, ...counters.slice(0, 1)].map((key) => {
			const { pattern, values, percent } = found.get(key) as Sighting;
			const asPercent = key.endsWith(".accuracy") && (percent || values.some((one) => one > 1));
			const fromNothing = !key.includes(".") && values[0] === 0;
			return [key, { pattern: pattern.source, ...(asPercent && { scale: 0.01 }), ...(fromNothing && { from: 0 as const }) }];
		}),
	);
}

/** The name as the script writes it, and the numbers behind it; null where it is never followed by one. */
function sightingOf(name: RegExp, group: string, lines: readonly string[]): Sighting | null {
	const withValue = new RegExp(`(${name.source})(${between})(${number})\\s*(%?)`, "i");
	const first = lines.map((line) => withValue.exec(line)).find((match) => match !== null);
	if (!first) return null;
	const pattern = new RegExp(`${literal(first[1])}${literal(first[2])}${group}`);
	const values: number[] = [];
	let percent = first[4] === "%";
	for (const line of lines) {
		const match = pattern.exec(line);
		if (!match) continue;
		values.push(Number(match[1]));
		percent ||= /^\s*%/.test(line.slice(match.index + match[0].length));
	}
	return { pattern, values, percent };
}

/** The text itself, with as much space as there may be. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s*");

/** Whole numbers that never fall. */
const isCounter = (values: readonly number[]): boolean =>
	values.every((one, i) => Number.isInteger(one) && one >= 0 && (i === 0 || one >= values[i - 1]));
