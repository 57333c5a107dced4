import { type PlannedRun, totalSeconds } from "../../api/campaign-plan.js";
import { formatCount, formatSeconds } from "../../words/numbers.js";
import type { outputOf } from "./claims.js";
import { tableLines } from "./table.js";
import { wrap } from "./text.js";

const basisInWords: Readonly<Record<PlannedRun["basis"], string>> = {
	stored: "stored",
	"step times": "step times here",
	"earlier runs": "earlier runs",
	"quick size": "at most",
	"not known": "not known",
};

/** What `claims --plan` shows: every run, and how long what is left of it takes. */
export function campaignLines(
	planned: readonly PlannedRun[],
	workers: number,
	command: string,
	{ width, colors }: ReturnType<typeof outputOf>,
): readonly string[] {
	const left = (title: string, of: (run: PlannedRun) => string) => ({ title, align: "left" as const, cells: planned.map(of) });
	const right = (title: string, of: (run: PlannedRun) => string) => ({ title, align: "right" as const, cells: planned.map(of) });
	const [titles, ...rows] = tableLines([
		left("experiment", ({ experiment }) => experiment),
		left("data", ({ data }) => data ?? "its own"),
		right("stored", ({ tasks }) => `${formatCount(tasks.stored)} of ${formatCount(tasks.total)}`),
		right("trainings left", ({ trainings }) => formatCount(trainings)),
		right("steps", ({ steps }) => formatCount(steps)),
		right("time", ({ seconds }) => formatSeconds(seconds)),
		left("from", ({ basis }) => basisInWords[basis]),
	]);
	const unknown = planned.filter(({ seconds }) => seconds === null).length;
	const total = formatSeconds(totalSeconds(planned));
	const atOnce = workers === 1 ? "one task at a time" : `${formatCount(workers)} tasks at once`;
	const paragraphs = [
		`In all ${total}, ${atOnce}${unknown === 0 ? "" : `, and ${formatCount(unknown)} whose time is not known before they have run`}. Estimates are good to a factor of two. Stored: tasks, whose results are kept as they end.`,
		`Nothing was run or stored. To run what is left: ${command}. Interrupted, it goes on from the last task that ended.`,
	];
	return [colors.dim(titles), ...rows, ...paragraphs.flatMap((paragraph) => ["", ...wrap(paragraph, width)])];
}
