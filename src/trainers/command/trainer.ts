import { moreRoom, SweetspotError } from "../../core/errors.js";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import type { StopSignal, Trainer, TrialEvents } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { filled } from "../../study/workloads/command/placeholders.js";
import type { CommandWorkload } from "../../study/workloads/command/workload.js";
import { isTied } from "../../study/workloads/table.js";
import { formatCount } from "../../words/numbers.js";
import { ReportWatch } from "../report-watch.js";
import { Bell } from "./bell.js";
import { Chunks } from "./chunks.js";
import { environmentOf } from "./environment.js";
import { type StudyFiles, trialName } from "./files.js";
import { endLastLine, saidBefore } from "./history.js";
import type { Exit, ScriptHost } from "./host.js";
import { saysFull, TrialLog } from "./log.js";
import { endingOf, withLines } from "./outcome.js";
import { prepareOutput } from "./output.js";
import type { Poll } from "./poll.js";
import { Reports } from "./reports.js";
import { ScriptRun } from "./run.js";
import { Silence } from "./silence.js";
import { TrialClock } from "./trial-clock.js";
import { trialValues } from "./trial-values.js";

/** Pauses before a trial that failed by the machine's fault is started again: once after each. */
const pausesMilliseconds = [500, 2000] as const;

type ScriptStudy = Study & { readonly workload: CommandWorkload };

/** What a script may do before its trial is over. */
export interface ScriptBounds {
	/** How long it may be silent at least where no limit of seconds is set. */
	readonly leastSilenceMilliseconds: number;
	/** What it prints is kept until its trial is stored, so that all of it counts after a crash: no more than this. */
	readonly mostPrintedBytes: number;
}

/** Where and how a study's scripts run. */
export interface ScriptSite extends ScriptBounds {
	readonly files: StudyFiles;
	readonly host: ScriptHost;
	readonly poll: Poll;
	/** Variables for scripts in this slot, such as the GPU that is theirs. */
	readonly variables: Readonly<Record<string, string>>;
}

/** One run of a trial's script, and what it makes of what the script says. */
interface Attempt {
	readonly watch: ReportWatch;
	readonly reports: Reports;
	readonly run: ScriptRun;
	readonly chunks: Chunks;
}

/** Trains by running a script of the user's own. */
export const commandTrainer = (study: ScriptStudy, site: ScriptSite): Pick<Trainer, "train"> => ({
	train: (trial, stop) => trainBy(study, site, trial, stop),
});

/** One trial. Its last chunk comes as soon as its result is known; asking for more waits until its processes are gone. */
async function* trainBy(study: ScriptStudy, site: ScriptSite, trial: TrialSpec, stop: StopSignal): AsyncGenerator<TrialEvents> {
	const clock = new TrialClock();
	const { workload, limits } = study;
	const graceMilliseconds = 1000 * workload.grace;
	const files = site.files.open(trial);
	const log = new TrialLog(files.log);
	const bell = new Bell();
	const values = trialValues(study, trial, files.output);
	prepareOutput(workload, values);
	const program = {
		command: workload.command.map((text) => filled(text, values)),
		directory: workload.directory,
		environment: environmentOf(study, trial, files, values, site.variables),
		patterns: workload.metrics,
	};
	let attempt: Attempt | null = null;
	/** Null while the script waits to run. */
	let silence: Silence | null = null;
	const begin = (): Attempt => {
		const watch = new ReportWatch(study, trial, isTied(workload) ? "by itself" : "at the cap");
		const earlier = saidBefore(files, workload.metrics);
		for (const file of [files.events, files.stdout, files.stderr]) endLastLine(file);
		const reports = new Reports(watch, study, trial, trialName(trial), earlier);
		clock.wait();
		silence = null;
		const onAlive = () => {
			clock.goOn();
			silence = new Silence(performance.now(), site.leastSilenceMilliseconds);
			bell.ring();
		};
		const run = new ScriptRun(program, files, log, reports, site, {
			onAlive,
			onOver: bell.ring,
			onHeard: () => silence?.broken(performance.now()),
		});
		return { watch, reports, run, chunks: new Chunks(watch, reports, attempt !== null) };
	};
	const isOutOfTime = (): boolean => limits.seconds !== null && clock.seconds > limits.seconds;
	const isSilent = (): boolean => limits.seconds === null && silence !== null && silence.isTooLong(performance.now());
	const isFlood = (): boolean => (attempt?.run.printedBytes ?? 0) > site.mostPrintedBytes;
	/** Whether the trial is over, by what was reported or by what came from outside. */
	const isOver = (watch: ReportWatch): boolean => {
		if (stop.stopped) watch.end("cancelled", null);
		else if (isFlood()) watch.end("failed", withLines(floodWords(site.mostPrintedBytes), log));
		else if (isOutOfTime()) watch.end("timed out", withLines(`longer than ${limits.seconds} s at step ${watch.step}`, log));
		else if (silence !== null && isSilent()) watch.end("timed out", withLines(silenceWords(silence), log));
		return watch.ended !== null;
	};
	/** When a pause between attempts ends. */
	let resumeAt = 0;
	const leave = site.poll.everyPass(() => {
		silence?.pass(performance.now());
		const isNews = attempt?.run.isAlive && attempt.chunks.isDue;
		if (isNews || stop.stopped || isOutOfTime() || isSilent() || isFlood() || (resumeAt > 0 && performance.now() >= resumeAt)) bell.ring();
	});
	try {
		for (const pause of [...pausesMilliseconds, null]) {
			resumeAt = 0;
			attempt = begin();
			const { watch, reports, run, chunks } = attempt;
			while (!isOver(watch) && run.exit === null) {
				await bell.wait();
				run.read();
				if (run.isAlive && !watch.ended && chunks.isDue) yield chunks.next();
			}
			if (run.exit === null) break;
			clock.goOn();
			await run.drained(graceMilliseconds);
			if (watch.ended) break;
			requireRoom(run.exit, log, files.folder);
			const { outcome, message, again } = endingOf(run.exit, log, workload.retry ?? []);
			if (again && pause !== null) {
				log.say(`${message?.split("\n")[0]}: once more in ${pause / 1000} s`);
				await run.stop(graceMilliseconds);
				resumeAt = performance.now() + pause;
				while (performance.now() < resumeAt && !isOver(watch)) await bell.wait();
				if (watch.ended) break;
				continue;
			}
			if (outcome === "returned") reports.returned(run.isLost);
			else {
				reports.flush();
				watch.end(outcome, message);
			}
			break;
		}
		if (attempt) yield lastOf(attempt, clock);
	} finally {
		leave();
		await attempt?.run.stop(graceMilliseconds);
		site.files.gone(trial);
		log.close();
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

/** The last chunk of a trial. Seconds are of all its attempts, the steps' clock is the last one's. */
function lastOf({ watch, reports, run, chunks }: Attempt, { seconds }: TrialClock): TrialEvents & { readonly result: TrialResult } {
	const { gradients } = reports;
	const clock = reports.clock(run.start?.at ?? run.launchedAt);
	const result: TrialResult = {
		...watch.result(seconds),
		...(gradients.length > 0 && { gradientNorms: gradients }),
		...(clock && { clock }),
		...(run.start && { machine: run.start.machine }),
	};
	return { ...chunks.rest(), result };
}
