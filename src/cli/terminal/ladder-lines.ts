import type { LadderArm } from "../../core/ladder.js";
import { formatCount, formatNumber, formatRate } from "../../words/numbers.js";
import { settingNames } from "../../words/setting.js";
import { type Column, fitting, tableLines } from "./table.js";
import type { Colors } from "./terminal.js";
import { cut } from "./text.js";

/** Arms that are listed: more run side by side only at the first rungs, when little is known of any. */
const mostListed = 8;

/** The ladder while it runs: the arms that may still win, the best first, and how many were left behind. `metric`: the goal's. */
export function ladderLines(arms: readonly LadderArm[], metric: string, room: number, { dim, cyan }: Colors): string[] {
	const contenders = arms
		.filter(({ state }) => state === "running" || state === "reached" || state === "won")
		.sort((a, b) => (a.times ?? Number.POSITIVE_INFINITY) - (b.times ?? Number.POSITIVE_INFINITY));
	const listed = contenders.slice(0, mostListed);
	const { left, setting, right, examples } = columnsOf(listed, metric);
	const variants = [
		[...left, ...setting, ...right, examples],
		[...left, ...setting, ...right],
		[...left, ...right],
	];
	const [head, ...rows] = tableLines(fitting(variants, room - 2));
	return [
		dim(cut(`  ${head}`, room)),
		...rows.map((row, i) => cut(listed[i].state === "running" ? `  ${row}` : cyan(`✓ ${row}`), room)),
		...endedLine(arms, contenders.length - listed.length).map((line) => dim(cut(`  ${line}`, room))),
	];
}

function columnsOf(arms: readonly LadderArm[], metric: string) {
	const numbers = (title: string, cell: (arm: LadderArm) => string): Column => ({ title, align: "right", cells: arms.map(cell) });
	return {
		left: [numbers("batch", ({ batchSize }) => formatCount(batchSize)), numbers("rate", ({ learningRate }) => formatRate(learningRate))],
		setting: settingNames(arms).map(({ short, of }) => numbers(short, (arm) => of(arm) ?? "–")),
		right: [
			numbers("cost", ({ times }) => (times === null ? "–" : times === 1 ? "least" : `×${formatNumber(times)}`)),
			numbers(metric, ({ looks }) => (looks.length === 0 ? "–" : String(Number(looks[looks.length - 1].value.toPrecision(3))))),
			numbers("step", ({ steps }) => formatCount(steps)),
		],
		examples: numbers("examples", ({ examples }) => formatCount(examples)),
	};
}

/** "and 3 more; 5 left behind, 2 broken"; no line where there is nothing to say. */
function endedLine(arms: readonly LadderArm[], unlisted: number): readonly string[] {
	const count = (...states: LadderArm["state"][]) => arms.filter(({ state }) => states.includes(state)).length;
	const ended = [
		{ n: count("behind", "crowded out"), what: "left behind" },
		{ n: count("broken"), what: "diverged or at their limit" },
		{ n: count("lucky"), what: "not confirmed by a fresh seed" },
	].flatMap(({ n, what }) => (n > 0 ? [`${formatCount(n)} ${what}`] : []));
	const parts = [...(unlisted > 0 ? [`and ${formatCount(unlisted)} more`] : []), ...(ended.length > 0 ? [ended.join(", ")] : [])];
	return parts.length > 0 ? [parts.join("; ")] : [];
}
