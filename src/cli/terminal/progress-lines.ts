import type { ColumnAnswer } from "../../core/column.js";
import type { LadderArm } from "../../core/ladder.js";
import type { Progress } from "../../study/progress.js";
import { formatCount, formatSeconds } from "../../words/numbers.js";
import { ladderLines } from "./ladder-lines.js";
import type { Colors } from "./terminal.js";
import { cut, padEnd, widthOf } from "./text.js";

/** What the live block shows. */
export interface ProgressView {
	readonly title: string;
	/** Null until the first trial has finished. */
	readonly progress: Progress | null;
	/** The arms so far and the goal's metric, where the design is a ladder. */
	readonly ladder?: { readonly arms: readonly LadderArm[]; readonly metric: string };
	readonly running: number;
	/** Trials that wait in a queue, and the machines that others run on; null where there is no queue. */
	readonly queue: { readonly waiting: number; readonly machines: readonly string[] } | null;
	/** The count of trials expected when the bar stood furthest, where the bar has gone back since; else null. */
	readonly revisedFrom: number | null;
	/** What goes on instead of trials: timing, the test set. */
	readonly remark: string | null;
}

const longestBar = 40;

/**
 * The live block: title, bar, and the best so far at each batch size, or the arms of the ladder. No line is wider than `width` − 1, so that
 * none is broken.
 */
export function progressLines(
	{ title, progress, ladder, running, queue, revisedFrom, remark }: ProgressView,
	width: number,
	colors: Colors,
): string[] {
	const room = width - 1;
	const heading = colors.bold(cut(title, room));
	const activity = remark ?? activityWords(running, queue);
	if (progress === null) return [heading, cut(activity ?? "starting", room)];
	const standings = ladder ? ladderLines(ladder.arms, ladder.metric, room, colors) : sizeLines(progress, room, colors);
	return [heading, barLine(progress, activity, revisedFrom, room, colors), ...standings];
}

/** `4 running on n1, n2; 12 queued`; null where nothing goes on. */
function activityWords(running: number, queue: ProgressView["queue"]): string | null {
	const machines = queue?.machines ?? [];
	const places =
		machines.length === 0 ? "" : ` on ${machines.length > mostMachines ? `${formatCount(machines.length)} machines` : machines.join(", ")}`;
	const parts = [
		...(running === 0 ? [] : [`${formatCount(running)} running${places}`]),
		...(queue && queue.waiting > 0 ? [`${formatCount(queue.waiting)} queued`] : []),
	];
	return parts.length === 0 ? null : parts.join("; ");
}

/** Machines that are named. */
const mostMachines = 4;

/** A bar in eighths of a cell, the counts, and as much of the rest as there is room for. */
function barLine(
	{ done, expected, secondsLeft }: Progress,
	activity: string | null,
	revisedFrom: number | null,
	room: number,
	{ cyan, dim }: Colors,
): string {
	const counts = `${formatCount(done)}/${about(done, expected)} trials`;
	const rest = [
		secondsLeft === null ? null : `${formatSeconds(secondsLeft)} left`,
		revisedFrom === null ? null : `more than the ${formatCount(revisedFrom)} first expected`,
		activity,
	].filter((text) => text !== null);
	let text = counts;
	for (const part of rest) if (widthOf(`${text} · ${part}`) + 12 <= room) text += ` · ${part}`;
	const cells = Math.min(longestBar, room - widthOf(text) - 2);
	if (cells < 5) return cut(text, room);
	const eighths = Math.floor(8 * cells * (expected === 0 ? 0 : Math.min(1, done / expected)));
	const full = "█".repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? "" : "▏▎▍▌▋▊▉"[(eighths % 8) - 1]);
	return `${cyan(full)}${dim("░".repeat(cells - widthOf(full)))}  ${text}`;
}

/** A count that may be revised is an estimate until it is met. */
export const about = (done: number, expected: number): string => `${done === expected ? "" : "≈"}${formatCount(expected)}`;

/** A cell for each batch size, in as many columns as fit, read down: `✓  32: 187`. */
function sizeLines({ answers }: Progress, room: number, { dim, cyan }: Colors): string[] {
	const sizes = answers.map(({ batchSize }) => formatCount(batchSize));
	const best = answers.map(({ steps, state }) => {
		if (steps !== null) return `${formatCount(steps)} steps`;
		return state === "not reached" || state === "out of memory" ? state : "–";
	});
	const sizeWidth = Math.max(0, ...sizes.map(widthOf));
	const bestWidth = Math.max(0, ...best.map(widthOf));
	const cells = answers.map(({ state }, i) => `${marks[state]} ${sizes[i].padStart(sizeWidth)}  ${padEnd(best[i], bestWidth)}`);
	const columns = Math.max(1, Math.floor((room - 2 + 4) / (sizeWidth + bestWidth + 4 + 4)));
	const rows = Math.ceil(cells.length / columns);
	const head = dim(cut(rows === 0 ? "" : "  best so far (✓ settled, ✗ goal not reached)", room));
	const lines = Array.from({ length: rows }, (_, row) => {
		const line = cells.map((cell, i) => ({ cell, state: answers[i].state })).filter((_, i) => i % rows === row);
		return cut(
			`  ${line
				.map(({ cell }) => cell)
				.join("    ")
				.trimEnd()}`,
			room,
		).replaceAll("✓", cyan("✓"));
	});
	return rows === 0 ? [] : [head, ...lines];
}

const marks: Readonly<Record<ColumnAnswer["state"], string>> = {
	reached: "✓",
	"not reached": "✗",
	"out of memory": "✗",
	open: " ",
	"not tried": " ",
	"left behind": " ",
};
