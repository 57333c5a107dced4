import { formatNumber, formatPercent } from "../../words/numbers.js";
import type { Verdict } from "../claims/claim.js";
import { finite, greatest } from "../lab/estimates.js";
import { when } from "../lab/say.js";
import { areSame, margin } from "./claims.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export function words({ arms, pairs }: Figures, { seeds }: Settings): readonly string[] {
	const finals = arms.map(({ name, test }) => `${formatPercent(test)} with ${name}`);
	const count = (verdict: Verdict) => pairs.filter((pair) => areSame(pair) === verdict).length;
	const open = when(count("undecided") > 0, `; for the other ${count("undecided")} these runs cannot tell`);
	const unstable = greatest(arms, ({ wanders }) => wanders);
	const inRange = arms.filter(({ publishedWithinRange }) => publishedWithinRange);
	return [
		`After 200 epochs the held-out accuracy is ${finals.join(", ")} (means over ${seeds} seeds with 95 % intervals).`,
		`Of the ${pairs.length} pairs, ${count("refuted")} differ by more than ${formatNumber(100 * margin.accuracy)} points and ${count("supported")} by less${open}.`,
		`The flavor changes stability more than the end: over the last fifty epochs the held-out accuracy of ${unstable.name} wanders by ${formatNumber(finite(100 * unstable.wanders))} points (standard deviation within a run), that of ${arms[0].name} by ${formatNumber(finite(100 * arms[0].wanders))}.`,
		`${inRange.length} of the ${arms.length} published runs lie within the range of our ${seeds}, which contains one more run with a probability of ${formatNumber((100 * (seeds - 1)) / (seeds + 1))} %.`,
	];
}
