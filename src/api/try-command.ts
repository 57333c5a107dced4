import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { internal } from "../core/errors.js";
import { Rng } from "../core/rng.js";
import type { TrialResult, TrialSpec } from "../core/trial.js";
import type { Study } from "../study/study.js";
import { filled } from "../study/workloads/command/placeholders.js";
import { type CommandWorkload, outputPatterns } from "../study/workloads/command/workload.js";
import { StudyFiles } from "../trainers/command/files.js";
import { hearingOf } from "../trainers/command/heard/hearing-of.js";
import { saidBefore } from "../trainers/command/history.js";
import { openLocalHost } from "../trainers/command/local/host.js";
import type { TrainingEvent } from "../trainers/command/protocol.js";
import { scriptSession } from "../trainers/command/session.js";
import { trialValues } from "../trainers/command/trial-values.js";

export type CommandStudy = Study & { readonly workload: CommandWorkload };

/** What a script is tried with. */
export interface Attempt {
	readonly batchSize: number;
	readonly learningRate: number;
	/** After this many the script is stopped. */
	readonly seconds: number;
	/** Enough to see that metrics arrive, or a few more, so that a step can be timed. */
	readonly looks: "one" | "some";
	/** Whether what was said so far is enough, met goal or not: the try ends then. Asked every second. */
	readonly enough?: (said: Said) => boolean;
}

/** What a script has said. */
export interface Said {
	/** In the protocol, or heard from its trackers, in order. */
	readonly events: readonly TrainingEvent[];
	/** By metric, what it is called by the tracker that it was heard from. */
	readonly names: ReadonlyMap<string, string>;
	/** What it printed that was no event, as far as it is kept. */
	readonly printed: readonly string[];
}

export interface Tried extends Said {
	/** "reached": the goal's metric arrived, with any value. */
	readonly result: TrialResult;
	/** Program and arguments as they were run. */
	readonly command: readonly string[];
}

/** Looks after which a step can be timed. */
const someLooks = 3;

/** So long it is listened to at least where a step is to be timed, in milliseconds: lines that come closer together can't be. */
const listeningMilliseconds = 500;

/** More steps than a try of seconds can take. */
const endlessSteps = 1_000_000_000;

/** In milliseconds. */
const millisecondsBetweenQuestions = 1000;

/** So much of what was printed is looked at, in bytes: a script may print without end. */
const mostPrinted = 262_144;

/** The same of what may hold events. */
const mostSaid = 2 ** 24;

/** Runs a study's script once, until its goal's metric has arrived or time is up. Nothing is stored, and nothing is left running. */
export async function tryCommand(
	study: CommandStudy,
	{ batchSize, learningRate, seconds, looks, enough }: Attempt,
	signal: AbortSignal,
): Promise<Tried> {
	const store = mkdtempSync(join(tmpdir(), "sweetspot-try-"));
	const anyValue = study.goal.atLeast === undefined ? { atMost: Number.MAX_VALUE } : { atLeast: -Number.MAX_VALUE };
	const tried: CommandStudy = {
		...study,
		goal: { metric: study.goal.metric, ...anyValue },
		limits: { ...study.limits, seconds },
	};
	const trial: TrialSpec = {
		phase: "tuning",
		batchSize,
		learningRate,
		seedIndex: 0,
		seed: Rng.fromSeed(study.seed).split("try").uint32(),
		cap: endlessSteps,
		until: looks === "one" ? "goal" : "cap",
		curves: true,
		probe: false,
	};
	const session = scriptSession(tried, "try", store, { workers: 1, gpus: null }, openLocalHost, { allMetrics: true });
	const files = new StudyFiles(store, "try").open(trial);
	const values = trialValues(study, trial, files.output);
	const said = (): Said => {
		const hearing = hearingOf(tried, true);
		const events = saidBefore(files, outputPatterns(tried.workload), hearing, mostSaid).flat();
		return { events, names: hearing?.names ?? new Map(), printed: linesOf(files.log) };
	};
	let asked = performance.now();
	/** Once it was: the one that is woken by it asks again. */
	let wasEnough = false;
	const isEnough = (): boolean => {
		if (wasEnough || enough === undefined || performance.now() < asked + millisecondsBetweenQuestions) return wasEnough;
		asked = performance.now();
		wasEnough = enough(said());
		return wasEnough;
	};
	let seen = 0;
	let since = Number.POSITIVE_INFINITY;
	const isHeard = () => seen >= someLooks && performance.now() >= since + listeningMilliseconds;
	const stop = {
		get stopped() {
			return signal.aborted || isHeard() || isEnough();
		},
	};
	try {
		let result: TrialResult | undefined;
		for await (const chunk of session.trainers[0].train(trial, stop)) {
			if (chunk.evaluations.length > 0) since = Math.min(since, performance.now());
			seen += chunk.evaluations.length;
			result = chunk.result ?? result;
		}
		if (seen >= someLooks && result?.outcome === "cancelled") result = { ...result, outcome: "reached" };
		if (!result) throw internal("a trial ended without a result");
		return { ...said(), result, command: study.workload.command.map((text) => filled(text, values)) };
	} finally {
		await session.close(true);
		rmSync(store, { recursive: true, force: true });
	}
}

const linesOf = (file: string): readonly string[] =>
	existsSync(file)
		? beginningOf(file)
				.split(/[\r\n]+/)
				.filter((line) => line.trim() !== "")
		: [];

function beginningOf(file: string): string {
	const bytes = Buffer.alloc(mostPrinted);
	const log = openSync(file, "r");
	try {
		return bytes.subarray(0, readSync(log, bytes)).toString();
	} finally {
		closeSync(log);
	}
}
