import { schemaVersion } from "../../api/answer-document.js";
import { tryCommand } from "../../api/try-command.js";
import { SweetspotError } from "../../core/errors.js";
import type { Outcome } from "../../core/trial.js";
import { boundsOf, nextSize } from "../../study/largest-batch.js";
import { usedPlaceholders } from "../../study/workloads/command/parts-problems.js";
import { isCommand } from "../../study/workloads/table.js";
import { formatCount, formatSeconds } from "../../words/numbers.js";
import { exitCode } from "../exit-codes.js";
import { isOn, numberOf, type RawOptions, wholeOf } from "../options.js";
import type { Shell } from "../shell.js";
import { studyFrom } from "../study-file.js";
import { tableLines } from "../terminal/table.js";

/** A size that was tried, and what came of it. */
interface Attempted {
	readonly batchSize: number;
	readonly fits: boolean;
	readonly outcome: Outcome;
	readonly seconds: number;
}

/** Where the search begins: a size that nearly everything has room for. */
const firstTried = 32;
/** Where it isn't stated how many examples there are. */
const farthestTried = 65_536;

/** `sweetspot fits STUDY`: the largest batch size at which the study's script fits into memory, found by running it. */
export async function fits(shell: Shell, file: string, options: RawOptions): Promise<number> {
	const { environment } = shell;
	const study = await studyFrom(file, options, environment);
	const { workload } = study;
	if (!isCommand(workload))
		throw new SweetspotError(
			"usage/bad-value",
			`${file} trains a network of ours, which works large batches off in pieces: every batch size fits`,
			"`sweetspot fits` is for studies of a training script (`workload.command`)",
		);
	const { devices = 1 } = workload;
	/** What is tried is then what one device takes at once; the batch is as large as all of them together take. */
	const inParts = usedPlaceholders(workload).has("microBatch");
	const most =
		wholeOf(options, "max", 1, environment) ??
		(workload.examples === undefined ? farthestTried : Math.floor(workload.examples / (inParts ? devices : 1)));
	const seconds = numberOf(options, "seconds", environment) ?? 60;
	const learningRate = study.tune.learningRate.from;
	const tried: Attempted[] = [];
	for (let size = nextSize(tried, { start: firstTried, most }); size !== null; size = nextSize(tried, { start: firstTried, most })) {
		if (!isOn(options, "quiet", environment)) shell.say(`Trying ${inParts ? "micro-batch" : "batch size"} ${formatCount(size)} …`);
		const part = inParts ? { ...workload, microBatch: size } : workload;
		const batchSize = inParts ? size * devices : size;
		const { result } = await tryCommand({ ...study, workload: part }, { batchSize, learningRate, seconds, looks: "one" }, shell.interrupt);
		if (shell.interrupt.aborted) return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
		tried.push({
			batchSize: size,
			fits: hadRoom(result.outcome, result.message, size, seconds),
			outcome: result.outcome,
			seconds: result.seconds,
		});
	}
	const { largest, smallestBeyond } = boundsOf(tried);
	if (isOn(options, "json", environment))
		shell.print(`${JSON.stringify({ schemaVersion, largest, smallestBeyond, cap: most, tried }, null, 2)}\n`);
	else shell.print(`${[...attemptLines(tried, inParts), "", words(largest, smallestBeyond, inParts)].join("\n")}\n`);
	return exitCode.done;
}

/** Whether a run was seen to train. A diverged one has trained. Throws where that is not known: the size is then neither. */
function hadRoom(outcome: Outcome, message: string | null, size: number, seconds: number): boolean {
	if (outcome === "reached" || outcome === "diverged" || outcome === "missed") return true;
	if (outcome === "out of memory") return false;
	throw new SweetspotError(
		"trainer/unusable",
		`at batch size ${size}: ${outcome === "timed out" ? `no report within ${seconds} s` : (message ?? outcome)}`,
		outcome === "timed out"
			? "give it more time with --seconds, or let it report earlier"
			: "correct the script; `sweetspot init` tries it",
	);
}

const attemptLines = (tried: readonly Attempted[], inParts: boolean): string[] =>
	tableLines([
		{ title: inParts ? "micro-batch" : "batch size", align: "right", cells: tried.map(({ batchSize }) => formatCount(batchSize)) },
		{ title: "fits", align: "left", cells: tried.map(({ fits }) => (fits ? "yes" : "out of memory")) },
		{ title: "time", align: "right", cells: tried.map(({ seconds }) => formatSeconds(seconds)) },
	]);

function words(largest: number | null, smallestBeyond: number | null, inParts: boolean): string {
	if (largest === null) return "Not even a batch of one fits into memory.";
	const what = inParts ? "A micro-batch of" : "Batch size";
	const use = inParts ? ` In the study: \`microBatch: ${largest}\`.` : "";
	if (smallestBeyond === null) return `${what} ${formatCount(largest)} fits, and is the largest that may be tried (--max).${use}`;
	return `${what} ${formatCount(largest)} fits, ${formatCount(smallestBeyond)} doesn't${smallestBeyond - largest > 1 ? "; what lies between was not tried" : ""}.${use}`;
}
