import { describeGoal, describeMetric } from "../../core/goal.js";
import type { FinishedTrial } from "../../core/trial.js";
import type { RunEvent } from "../../runner/events.js";
import type { StoredStudy } from "../../study/contracts.js";
import type { Progress } from "../../study/progress.js";
import type { Study } from "../../study/study.js";
import { formatCount, formatRate } from "../../words/numbers.js";
import { liveBlock } from "./live-block.js";
import { about, type ProgressView, progressLines } from "./progress-lines.js";
import { safeText } from "./safe-text.js";
import { colorsOf, type Terminal } from "./terminal.js";
import { oneLine, wrap } from "./text.js";

/** Shows how a study goes on, on standard error. */
export interface ProgressDisplay {
	onEvent(event: RunEvent): void;
	/** Takes away what was only of interest meanwhile. May be called more than once. */
	end(): void;
}

/** A block drawn in place where somebody is watching, else a line for each finished trial; nothing where `quiet`. */
export function createProgress(
	{ err }: { readonly err: Terminal },
	{ study }: StoredStudy,
	{ quiet }: { readonly quiet: boolean },
): ProgressDisplay {
	if (quiet) return { onEvent: () => {}, end: () => {} };
	return err.interactive ? liveProgress(err, study) : plainProgress(err);
}

function liveProgress(terminal: Terminal, { name, goal }: Pick<Study, "goal" | "name">): ProgressDisplay {
	const block = liveBlock(terminal);
	const colors = colorsOf(terminal);
	const title = `${oneLine(name)}: ${describeGoal(goal)}`;
	let view: ProgressView = { title, progress: null, running: 0, queue: null, revisedFrom: null, remark: null };
	let furthest = { share: 0, expected: 0 };
	const resized = () => block.draw(() => progressLines(view, terminal.width, colors));
	terminal.stream.on("resize", resized);
	return {
		onEvent(event) {
			if (event.kind === "calibrating") view = { ...view, remark: `timing the steps, ${event.done} of ${event.total}` };
			else if (event.kind === "testing") view = { ...view, remark: `test set, batch size ${formatCount(event.batchSize)}` };
			else if (event.kind === "warning") block.above(wrap(`! ${oneLine(event.text)}`, terminal.width - 1, 2));
			else if ("running" in event) view = { ...view, running: event.running, queue: event.queue ?? null, remark: null };
			else return;
			if (event.kind === "finished") {
				const { progress } = event;
				const share = progress.done / Math.max(1, progress.expected);
				if (share >= furthest.share) furthest = { share, expected: progress.expected };
				if (event.ladder) view = { ...view, ladder: { arms: event.ladder, metric: describeMetric(goal) } };
				view = { ...view, progress, revisedFrom: share < furthest.share ? furthest.expected : null };
			}
			block.draw(() => progressLines(view, terminal.width, colors));
		},
		end() {
			terminal.stream.off("resize", resized);
			block.clear();
		},
	};
}

function plainProgress({ stream }: Terminal): ProgressDisplay {
	const machines = new Set<string>();
	return {
		onEvent(event) {
			if (event.kind === "placed" && !machines.has(event.machine)) {
				machines.add(event.machine);
				const queued = event.queue && event.queue.waiting > 0 ? `; ${formatCount(event.queue.waiting)} queued` : "";
				stream.write(`running on ${safeText(event.machine)}: ${formatCount(event.running)} in all${queued}\n`);
			}
			if (event.kind === "finished") stream.write(`${finishedLine(event.trial, event.progress)}\n`);
			else if (event.kind === "lost")
				stream.write(
					`lost, and run again: batch ${event.trial.batchSize}  lr ${formatRate(event.trial.learningRate)}: ${safeText(event.message)}\n`,
				);
			else if (event.kind === "warning") stream.write(`! ${safeText(oneLine(event.text))}\n`);
			else if (event.kind === "calibrating" && event.done === 0) stream.write("timing the steps at each batch size\n");
			else if (event.kind === "testing") stream.write(`test set, batch size ${formatCount(event.batchSize)}\n`);
		},
		end: () => {},
	};
}

/** `[  37/≈310] reporting  batch 32  lr 0.35  seed 3  reached at step 187` */
function finishedLine(trial: FinishedTrial, { done, expected }: Progress): string {
	const total = about(done, expected);
	const { phase, batchSize, learningRate, seedIndex } = trial.spec;
	const count = formatCount(done).padStart(formatCount(expected).length);
	return `[${count}/${total}] ${phase.padEnd(9)}  batch ${batchSize}  lr ${formatRate(learningRate)}  seed ${seedIndex}  ${whatCameOf(trial)}`;
}

function whatCameOf({ spec, result: { outcome, reached, steps, message } }: FinishedTrial): string {
	if (spec.until === "cap" && (outcome === "reached" || outcome === "missed")) return `ended at step ${formatCount(steps)}`;
	if (outcome === "reached") return `reached at step ${formatCount(reached?.step ?? steps)}`;
	if (outcome === "missed") return `missed within ${formatCount(steps)} steps`;
	// How it ended, and the last of the lines that follow, which mostly says why.
	const [how = "", ...lines] = message?.split("\n") ?? [];
	return oneLine([`${outcome} after ${formatCount(steps)} steps`, how, lines.at(-1) ?? ""].filter((part) => part !== "").join(": "));
}
