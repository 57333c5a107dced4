import type { Estimate } from "../../analysis/findings.js";
import { incompleteBeta } from "../../analysis/incomplete-beta.js";
import { studentTwoSided } from "../../analysis/student.js";
import type { Cell, Finding, JudgedCell } from "./claim.js";

/** Of an experiment's intervals: how many are simultaneous, and over how many runs the estimates are means. */
export interface Family {
	readonly comparisons: number;
	readonly runs: number;
}

/** Each step widens the intervals by a tenth, up to so many times. */
const step = 1.1;
const widest = 60;

const cellsOf = ({ cells, ...finding }: Finding): readonly (Cell | JudgedCell)[] =>
	cells ?? [{ when: {}, verdict: plainVerdict(finding), interval: finding.interval }];

/** A finding without cells has one of the three verdicts. */
const plainVerdict = ({ verdict }: Pick<Finding, "verdict">): Cell["verdict"] =>
	verdict === "supported" || verdict === "refuted" ? verdict : "undecided";

/**
 * The p-value of every cell of every finding: the level at which its verdict, with all the parts that it is made of, would just be lost.
 *
 * The intervals have the level 1 − 0.05/m each (Bonferroni over the family's m). Widening all of them by a factor w about their estimates
 * turns the t quantile q of that level into w·q; the largest w at which the verdict is still given has p = m·P(|T| > w·q), which is 0.05 at
 * w = 1. Intervals that are symmetric on the logarithmic axis are widened there. For bootstrap intervals it is an approximation: their ends
 * are taken for those of a t interval. `findingsAt`: the findings with the figures' intervals widened.
 */
export function judged<Id extends string>(
	findingsAt: (widen: number) => Readonly<Record<Id, Finding>>,
	ids: readonly Id[],
	{ comparisons, runs }: Family,
	isDefinition: (id: Id) => boolean,
): Readonly<Record<Id, readonly JudgedCell[]>> {
	const atFirst = findingsAt(1);
	const cells = ids.flatMap((id) => cellsOf(atFirst[id]).map((cell, place) => ({ id, place, cell, factor: 1 })));
	let open = cells.filter(({ id, cell }) => cell.verdict !== "undecided" && !isDefinition(id) && !("p" in cell));
	for (let widen = step; open.length > 0 && widen < widest; widen *= step) {
		const wider = findingsAt(widen);
		open = open.filter(({ id, place, cell }) => cellsOf(wider[id])[place].verdict === cell.verdict);
		for (const one of open) one.factor = widen;
	}
	const degrees = Math.max(1, runs - 1);
	const q = studentTwoSided(0.05 / comparisons, degrees);
	const p = (factor: number) => Math.min(1, comparisons * tail(factor * q, degrees));
	return Object.fromEntries(
		ids.map((id) => {
			const own = cells.filter((one) => one.id === id);
			return [id, own.map(({ cell, factor }) => ({ ...cell, p: pOf(cell, isDefinition(id), () => p(factor)) }))];
		}),
	) as unknown as Readonly<Record<Id, readonly JudgedCell[]>>;
}

const pOf = (cell: Cell | JudgedCell, isDefinition: boolean, found: () => number): number | null =>
	"p" in cell ? cell.p : isDefinition ? null : cell.verdict === "undecided" ? 1 : found();

/** P(|T| > t) of Student's t (Abramowitz & Stegun 26.7.1, 26.5.27). */
const tail = (t: number, degrees: number): number => incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);

/** The same figures, every estimate in them with an interval so many times as wide. */
export function widened<T>(figures: T, factor: number): T {
	return (factor === 1 ? figures : mapped(figures, factor)) as T;
}

function mapped(value: unknown, factor: number): unknown {
	if (typeof value !== "object" || value === null || !holdsEstimates(value)) return value;
	if (Array.isArray(value)) return value.map((one) => mapped(one, factor));
	if (isEstimate(value)) return wider(value, factor);
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, factor)]));
}

/** Whether there is an estimate in it: curves and trials, which are most of the figures, have none and stay as they are. */
function holdsEstimates(value: object): boolean {
	const known = searched.get(value);
	if (known !== undefined) return known;
	const inside = ArrayBuffer.isView(value) ? [] : Object.values(value);
	const found =
		isEstimate(value) ||
		((typeof inside[0] !== "number" || !Array.isArray(value)) &&
			inside.some((one) => typeof one === "object" && one !== null && holdsEstimates(one)));
	searched.set(value, found);
	return found;
}
const searched = new WeakMap<object, boolean>();

const isEstimate = (value: object): value is Estimate => "estimate" in value && "low" in value && "high" in value;

function wider(value: Estimate, factor: number): Estimate {
	const { estimate, low, high } = value;
	if (estimate === null) return value;
	const isLogarithmic = low !== null && high !== null && low > 0 && Math.abs(high - estimate) > 1.02 * Math.abs(estimate - low);
	const end = (x: number | null) =>
		x === null ? null : isLogarithmic ? estimate * (x / estimate) ** factor : estimate + (x - estimate) * factor;
	return { ...value, low: end(low), high: end(high) };
}
