import { boxesOf, levelsOf, namedIn } from "./boxes.js";
import { type Cell, type Conditions, type Factor, factors, type HeadlineVerdict } from "./claim.js";

export interface Headline {
	readonly verdict: HeadlineVerdict;
	/** What it depends on: empty unless it does. */
	readonly dependsOn: readonly Factor[];
}

/** `cells`: at least one. */
export function headlineOf(cells: readonly Pick<Cell, "when" | "verdict">[]): Headline {
	const verdicts = new Set(cells.map(({ verdict }) => verdict));
	if (verdicts.has("supported") && verdicts.has("refuted")) return { verdict: "depends", dependsOn: separating(cells) };
	if (verdicts.size === 1) return { verdict: cells[0].verdict, dependsOn: [] };
	return { verdict: verdicts.has("supported") ? "supported in part" : "refuted in part", dependsOn: [] };
}

/** The factors in which two cells with opposite verdicts differ where they differ in as few as possible. */
function separating(cells: readonly Pick<Cell, "when" | "verdict">[]): readonly Factor[] {
	const pairs = cells
		.filter(({ verdict }) => verdict === "supported")
		.flatMap((one) => cells.filter(({ verdict }) => verdict === "refuted").map((other) => differing(one.when, other.when)));
	const fewest = Math.min(...pairs.map(({ length }) => length));
	const named = new Set(pairs.filter(({ length }) => length === fewest).flat());
	return factors.filter((factor) => named.has(factor));
}

const differing = (a: Conditions, b: Conditions): readonly Factor[] => factors.filter((factor) => a[factor] !== b[factor]);

const inWords: Readonly<Record<Factor, string>> = {
	data: "the data",
	optimizer: "momentum",
	rate: "the learning rate",
	labels: "whether labels are wrong",
	"held equal": "what is held equal",
	tuning: "whether the rate is tuned",
	"counted in": "what is counted",
};

/** The verdict as a table shows it: `supported`, `depends on the learning rate`, `supported on …; undecided on …`. */
export function verdictInWords({ verdict, dependsOn }: Headline): string {
	return verdict === "depends" ? `depends on ${listed(dependsOn.map((factor) => inWords[factor]))}` : verdict;
}

/**
 * Under which conditions the claim is supported, refuted and undecided: the column "holds on". First what makes no difference to the
 * verdict, then each verdict with its conditions.
 */
export function holdsOn(cells: readonly Pick<Cell, "when" | "verdict">[]): string {
	const levels = levelsOf(cells.map(({ when }) => when));
	const parts = (["supported", "refuted", "undecided"] as const).flatMap((verdict) => {
		const own = cells.filter((cell) => cell.verdict === verdict).map(({ when }) => when);
		return own.length === 0 ? [] : [{ verdict, boxes: boxesOf(own, levels).map((box) => namedIn(box, levels)) }];
	});
	const differing = new Set(parts.flatMap(({ boxes }) => boxes.flatMap((box) => box.map(([factor]) => factor))));
	const shared = [...levels].filter(([factor]) => !differing.has(factor)).map(([, own]) => listed(own));
	const all = levels.size === 0 ? "its own settings" : shared.join(", ");
	if (differing.size === 0) return parts.map(({ verdict }) => (verdict === "undecided" ? `undecided on ${all}` : all)).join();
	const each = parts.map(
		({ verdict, boxes }) => `${verdict}: ${boxes.map((box) => box.map(([, own]) => listed(own)).join(", ")).join(" / ")}`,
	);
	return [...(all === "" ? [] : [all]), ...each].join("; ");
}

/** `a`, `a and b`, `a, b and c`. */
const listed = (texts: readonly string[]): string =>
	texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(", ")} and ${texts[texts.length - 1]}`;
