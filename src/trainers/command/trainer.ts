import { watch as watchFile } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { settingOf } from "../../core/setting.js";
import type { TrialSpec } from "../../core/trial.js";
import { filled } from "../../study/command/placeholders.js";
import type { CommandWorkload } from "../../study/command/workload.js";
import type { StopSignal, Trainer, TrialEvents } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { ReportWatch } from "../report-watch.js";
import { type StudyFiles, type TrialFiles, trialName } from "./files.js";
import type { Guard } from "./guard.js";
import { TrialLog } from "./log.js";
import { endingOf, memoryKills, withLines } from "./outcome.js";
import { pythonPath } from "./python-path.js";
import { Reports } from "./reports.js";
import { ScriptRun } from "./run.js";

/** How often a trial looks whether it shall stop, and for events, in milliseconds. */
const pollInterval = 20;

/** Pauses before a trial that the machine was at fault for is started again, in milliseconds: so often it is, at most. */
const pauses = [500, 2000];

/** Where and how a study's scripts run. */
export interface ScriptSite {
	readonly files: StudyFiles;
	readonly guard: Guard;
	/** Variables for scripts in this slot, such as the GPU that is theirs. */
	readonly variables: Readonly<Record<string, string>>;
}

/** Trains by running a script of the user's own. */
export const commandTrainer = (study: Study & { readonly workload: CommandWorkload }, site: ScriptSite): Pick<Trainer, "train"> => ({
	train: (trial, stop) => trainBy(study, site, trial, stop),
});

/** One trial. Its last chunk comes as soon as what came of it is known; whoever asks for more waits until its processes are gone. */
async function* trainBy(
	study: Study & { readonly workload: CommandWorkload },
	site: ScriptSite,
	trial: TrialSpec,
	stop: StopSignal,
): AsyncGenerator<TrialEvents> {
	const began = performance.now();
	const { workload } = study;
	const limit = study.limits.seconds;
	let watch = new ReportWatch(study, trial);
	let reports = new Reports(watch, study, trial, trialName(trial));
	const files = site.files.open(trial);
	const log = new TrialLog(files.log);
	const environment = environmentOf(study, site, trial, files);
	const command = workload.command.map((text) => filled(text, trial));
	let run: ScriptRun | null = null;
	let started = began;
	let step = 0;
	/** Whether the trial is over, by what was reported or by what came from outside. */
	const isOver = (): boolean => {
		if (stop.stopped) watch.end("cancelled", null);
		else if (limit !== null && performance.now() - began > 1000 * limit)
			watch.end("timed out", withLines(`longer than ${limit} s at step ${watch.step}`, log));
		return watch.ended !== null;
	};
	try {
		for (let attempt = 0; !isOver(); attempt++) {
			const killsBefore = memoryKills();
			started = performance.now();
			run = new ScriptRun(
				{ command, directory: workload.directory, environment, patterns: workload.metrics },
				files,
				log,
				reports,
				site.guard,
			);
			const changes = watchFile(files.events, () => run?.read());
			changes.on("error", () => {});
			try {
				while (!isOver() && run.exit === null) {
					await Promise.race([run.ended, run.changed(), delay(pollInterval)]);
					run.read();
					// Looks come with the end: until then something may be added to them, or another attempt take their place.
					if (watch.step > step && !isOver()) yield { step: watch.step, evaluations: [] };
					step = watch.step;
				}
			} finally {
				changes.close();
			}
			if (run.exit === null) break;
			await run.drained(isOver);
			if (watch.ended) break;
			const ending = endingOf(run.exit, log, workload.retry ?? [], killsBefore);
			const pause = pauses[attempt];
			if (ending.again && pause !== undefined) {
				log.say(`attempt ${attempt + 1} failed: ${ending.message?.split("\n")[0]}; once more in ${pause / 1000} s`);
				await run.stop(workload.grace);
				for (const until = performance.now() + pause; performance.now() < until && !isOver(); ) await delay(pollInterval);
				if (watch.ended) break;
				const earlier = { looks: watch.evaluations, gradients: reports.gradients };
				watch = new ReportWatch(study, trial);
				reports = new Reports(watch, study, trial, trialName(trial), earlier);
				continue;
			}
			if (ending.outcome === "returned") reports.returned();
			else {
				reports.flush();
				watch.end(ending.outcome, ending.message);
			}
		}
		const result = watch.result((performance.now() - began) / 1000);
		const clock = reports.clock(started);
		yield {
			step: watch.step,
			evaluations: watch.evaluations,
			result: { ...result, ...(reports.gradients.length > 0 && { gradientNorms: reports.gradients }), ...(clock && { clock }) },
		};
	} finally {
		await run?.stop(workload.grace);
		log.close();
	}
}

function environmentOf(
	study: Study & { readonly workload: CommandWorkload },
	{ variables }: ScriptSite,
	trial: TrialSpec,
	files: TrialFiles,
): NodeJS.ProcessEnv {
	const { batchSize, learningRate, seed, cap, until } = trial;
	const { goal, looks, workload } = study;
	const told = {
		version: 1,
		trial: trialName(trial),
		batchSize,
		learningRate,
		...settingOf(trial),
		seed,
		steps: cap,
		until,
		goal,
		looks: { ratio: looks.ratio },
		checkpoints: files.checkpoints,
	};
	const own = Object.fromEntries(Object.entries(workload.environment ?? {}).map(([name, text]) => [name, filled(text, trial)]));
	return {
		...process.env,
		PYTHONUNBUFFERED: "1", // what a script prints must arrive when it is printed
		...own,
		PYTHONPATH: pythonPath(own.PYTHONPATH ?? process.env.PYTHONPATH),
		...variables,
		SWEETSPOT_TRIAL: JSON.stringify(told),
		SWEETSPOT_EVENTS: files.events,
	};
}
