import { moreRoom, SweetspotError } from "../../core/errors.js";
import { mayBeContinued, type Outcome, type TrialSpec } from "../../core/trial.js";
import type { SlotTrainer, StopSignal, TrialEvents } from "../../study/contracts.js";
import { formatCount } from "../../words/numbers.js";
import type { ReportWatch } from "../report-watch.js";
import type { Exit } from "./host.js";
import { saysFull, type TrialLog } from "./log.js";
import { endingOf, withLines } from "./outcome.js";
import { ScriptOfRun } from "./script-of-run.js";
import type { Silence } from "./silence.js";
import type { ScriptSite, ScriptStudy } from "./site.js";
import type { WaitingScripts } from "./waiting.js";

/** Pauses before a trial that failed by the machine's fault is started again: once after each. */
const pausesMilliseconds = [500, 2000] as const;

/** Trains by running a script of the user's own. `waiting`: those of all slots that stand still between two trials of their runs. */
export const commandTrainer = (study: ScriptStudy, site: ScriptSite, waiting: WaitingScripts): SlotTrainer => ({
	train: (trial, stop) => trainBy(study, site, waiting, trial, stop),
	heldRuns: () => waiting.runsOf(site.variables),
});

/**
 * One trial. Its last chunk comes as soon as its result is known, or its script stands still to be continued; asking for more waits until
 * its processes are gone, if they are to go.
 */
async function* trainBy(
	study: ScriptStudy,
	site: ScriptSite,
	waiting: WaitingScripts,
	trial: TrialSpec,
	stop: StopSignal,
): AsyncGenerator<TrialEvents> {
	const { workload, limits } = study;
	const graceMilliseconds = 1000 * workload.grace;
	const continued = waiting.take(trial, site.variables);
	const script = continued ?? new ScriptOfRun(study, site, trial);
	const { clock, log, bell } = script;
	const isOutOfTime = (): boolean => limits.seconds !== null && script.seconds > limits.seconds;
	const isSilent = (): boolean => limits.seconds === null && script.silence !== null && script.silence.isTooLong(performance.now());
	const isFlood = (): boolean => (script.attempt?.run.printedBytes ?? 0) > site.mostPrintedBytes;
	/** Whether the trial is over, by what was reported or by what came from outside. */
	const isOver = (watch: ReportWatch): boolean => {
		if (stop.stopped) watch.end("cancelled", null);
		else if (isFlood()) watch.end("failed", withLines(floodWords(site.mostPrintedBytes), log));
		else if (isOutOfTime()) watch.end("timed out", withLines(`longer than ${limits.seconds} s at step ${watch.step}`, log));
		else if (script.silence !== null && isSilent()) watch.end("timed out", withLines(silenceWords(script.silence), log));
		return watch.ended !== null;
	};
	/** When a pause between attempts ends. */
	let resumeAt = 0;
	const leave = site.poll.everyPass(() => {
		script.silence?.pass(performance.now());
		const isNews = script.attempt?.run.isAlive && script.chunks?.isDue;
		if (isNews || stop.stopped || isOutOfTime() || isSilent() || isFlood() || (resumeAt > 0 && performance.now() >= resumeAt)) bell.ring();
	});
	let isKept = false;
	/** Scripts that waited when this one ran out of memory. */
	let crowd = 0;
	/** What came of it, where it ended by itself after it had stood still. */
	let afterWaiting: Outcome | "returned" | null = null;
	try {
		continued?.goOn(trial);
		let attempt = continued?.attempt ?? script.start();
		for (const pause of [...pausesMilliseconds, null]) {
			resumeAt = 0;
			const { watch, reports, run } = attempt;
			while (!isOver(watch) && run.exit === null) {
				await bell.wait();
				run.read();
				if (run.isAlive && !watch.ended && script.chunks?.isDue) yield script.chunks.next();
			}
			if (run.exit === null || reports.mayGoOn) break;
			clock.goOn();
			await run.drained(graceMilliseconds);
			if (watch.ended) break;
			requireRoom(run.exit, log, script.files.folder);
			const { outcome, message, again } = endingOf(run.exit, log, workload.retry ?? []);
			const crowded = outcome === "out of memory" && pause !== null ? await waiting.makeRoom() : 0;
			crowd = Math.max(crowd, crowded);
			const isSuspect = script.stoodStill && waiting.mayHarm;
			if ((again || crowded > 0 || isSuspect) && pause !== null) {
				if (isSuspect) afterWaiting = outcome;
				log.memoryLine = null; // of this attempt
				log.say(`${message?.split("\n")[0] ?? "it ended after it had stood still"}: once more in ${pause / 1000} s`);
				await run.stop(graceMilliseconds);
				resumeAt = performance.now() + pause;
				while (performance.now() < resumeAt && !isOver(watch)) await bell.wait();
				if (watch.ended) break;
				attempt = script.start();
				continue;
			}
			if (afterWaiting === outcome) waiting.mayHarm = false;
			if (outcome === "returned") reports.returned(run.missing);
			else {
				reports.flush();
				watch.end(outcome, message);
			}
			break;
		}
		// With room enough it did well: it was the others.
		if (crowd > 0 && attempt.watch.ended?.outcome !== "out of memory") waiting.limitTo(crowd - 1);
		const goesOnAnew = attempt.watch.ended?.outcome === "missed" || attempt.watch.ended?.outcome === "reached";
		if (afterWaiting !== null && goesOnAnew) waiting.limitTo(0);
		isKept = mayBeContinued(trial) && (await waiting.keep(script, trial, site.variables));
		yield script.lastChunk(attempt);
	} finally {
		leave();
		if (!isKept) await script.end();
		await waiting.settled();
	}
}

const silenceWords = ({ limitSeconds }: Silence): string =>
	`it said nothing for ${Math.round(limitSeconds)} s, ten times its longest silence before or at least ten minutes: let it print as it goes on, or set limits.seconds, which alone holds then`;

const floodWords = (most: number): string =>
	`it printed more than ${formatCount(most / 2 ** 20)} MiB: make it print less, or write to a file of its own`;

/** Throws where the script failed for a full disk: that is nothing that its trial could be blamed for, and would only be so again. */
function requireRoom({ code, words }: Exit, { fullLine }: TrialLog, folder: string): void {
	const line = code !== 0 && saysFull(words) ? words : code !== 0 ? fullLine : null;
	if (line !== null) throw new SweetspotError("store/full", `a script in ${folder} failed: ${line}`, moreRoom);
}
