import { createContext, Script } from "node:vm";
import { isKnownShare } from "../../core/metric-names.js";
import { type CounterName, counterNames, type OutputPatterns } from "../../study/workloads/command/workload.js";
import { notFinite, type Parsed } from "./protocol.js";

/** Only this much of a line is matched. */
const longestMatchedCharacters = 4096;

/** A pattern that takes longer than this over some lines goes back and forth in them without end. */
const longestMatchMilliseconds = 1000;

/** One pattern's find in one line: what its group caught, and what follows it. */
interface Found {
	readonly key: string;
	readonly caught: string;
	readonly after: string;
}

/**
 * Finds metrics in what a script prints for people. A metric belongs to the counter in its line, else to the last one before it:
 * `epoch 3 val_acc=0.91` as well as a line for each. What comes before any counter is of the untrained network, and is left out.
 */
export class PatternMatcher {
	readonly #patterns: readonly { readonly key: string; readonly pattern: RegExp }[];
	readonly #metrics: OutputPatterns;
	/** The counter that steps are taken from: the most exact one there is. */
	readonly #counter: CounterName;
	#place: { readonly counter: number; readonly examples?: number } | null = null;
	/** Metrics were found before any counter. */
	#early = 0;
	#lines: readonly string[] = [];
	#found: Found[][] = [];
	/** A regular expression can't be interrupted but from outside its context. */
	readonly #run: () => void;

	constructor(metrics: OutputPatterns) {
		this.#metrics = metrics;
		this.#patterns = Object.entries(metrics).flatMap(([key, one]) => (one ? [{ key, pattern: new RegExp(one.pattern, "d") }] : []));
		this.#counter = (["step", "examples", "epoch"] as const).find((name) => metrics[name]) ?? "step";
		const context = createContext({ match: () => this.#match() });
		const script = new Script("match()");
		this.#run = () => script.runInContext(context, { timeout: longestMatchMilliseconds });
	}

	/** What these lines say, in order. */
	events(lines: readonly string[]): readonly Parsed[] {
		this.#lines = lines;
		this.#found = [];
		try {
			this.#run();
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
			return [
				{
					wrong: `a pattern of workload.metrics took longer than ${longestMatchMilliseconds / 1000} s over a line: make it simpler, without a + or * inside another`,
				},
			];
		}
		return this.#found.flatMap((found) => (found.length === 0 ? [] : (this.#eventOf(found) ?? [])));
	}

	/** Whether metrics were found, but no counter to place them by. */
	get isLost(): boolean {
		return this.#place === null && this.#early > 0;
	}

	#match(): void {
		for (const whole of this.#lines) {
			const line = whole.length > longestMatchedCharacters ? whole.slice(0, longestMatchedCharacters) : whole;
			const found: Found[] = [];
			for (const { key, pattern } of this.#patterns) {
				const match = pattern.exec(line);
				if (match?.[1] === undefined) continue;
				const end = match.indices?.[1]?.[1] ?? line.length;
				found.push({ key, caught: match[1].trim(), after: line.slice(end, end + 3) });
			}
			this.#found.push(found);
		}
	}

	#eventOf(found: readonly Found[]): Parsed | null {
		const counters: Partial<Record<CounterName, number>> = {};
		const metrics: Record<string, number> = {};
		for (const { key, caught, after } of found) {
			const value = numberIn(caught);
			if (value === null) return { wrong: `the pattern for ${key} caught "${caught}", expected a number` };
			if ((counterNames as readonly string[]).includes(key)) {
				const name = key as CounterName;
				counters[name] = name === "examples" ? value : value + 1 - (this.#metrics[name]?.from ?? 1);
				continue;
			}
			const scale = this.#metrics[key]?.scale ?? 1;
			const percent = caught.endsWith("%") || /^\s*%/.test(after);
			if (isKnownShare(key) && scale === 1 && (percent || value > 1))
				return {
					wrong: `${key} is "${caught}${percent && !caught.endsWith("%") ? " %" : ""}", expected a share from 0 to 1: for percentages write { pattern: …, scale: 0.01 }`,
				};
			// 33.3 × 0.01 is 0.33299999999999996: a goal of 0.333 is met all the same.
			metrics[key] = scale === 1 ? value : Number((value * scale).toPrecision(15));
		}
		const counter = counters[this.#counter];
		if (counter !== undefined) {
			if (!(counter >= 0)) return { wrong: `the pattern for ${this.#counter} found ${counter}, expected a number from 0 on` };
			// Next to a step, the examples are exact.
			this.#place = { counter, ...(this.#counter === "step" && counters.examples !== undefined && { examples: counters.examples }) };
		}
		if (this.#place === null) {
			this.#early++;
			return null;
		}
		const { counter: reached, examples } = this.#place;
		if (reached === 0) return null;
		return {
			place: { [this.#counter]: reached, ...(examples !== undefined && { examples }) },
			metrics,
			gradient: null,
			seconds: null,
			trial: null,
		};
	}
}

/** The number in a text: `0.91`, `1e-3`, `1,234.5`, `91%`, `nan`, `-inf`; a full stop may follow it. Null where the text isn't one. */
function numberIn(caught: string): number | null {
	const bare = caught.replace(/\s*%$/, "").replace(/\.$/, "");
	const special = notFinite(bare);
	if (special !== null) return special;
	const digits = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(",", "") : bare;
	return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : null;
}
