import type { Continuation } from "../core/continuation.js";
import { internal } from "../core/errors.js";
import { goalKind, goalSet, meetsGoalAt } from "../core/goal.js";
import { GoalWatch } from "../core/goal-watch.js";
import { lastLookBy, nextLook } from "../core/looks.js";
import { Rng } from "../core/rng.js";
import { settingOf } from "../core/setting.js";
import {
	type Evaluation,
	mayBeContinued,
	type NoiseProbe,
	type Outcome,
	type TrialResult,
	type TrialSpec,
	trialRunKey,
} from "../core/trial.js";
import type { StopSignal, Trainer, TrialEvents } from "../study/contracts.js";
import type { TrainableStudy } from "../study/study.js";
import { stepsUntil, takeSteps } from "./advance.js";
import type { Machinery, PaceAt } from "./machinery.js";
import { metricsAt } from "./metrics-at.js";
import { paceOf } from "./pace.js";
import { probeGroups } from "./probe-groups.js";
import { Trunk } from "./trunk.js";

/**
 * A trial that is silent for longer than this, in steps or in time, reports its position anyway: a caller that wants it to stop may need
 * the thread.
 */
const stepsPerChunk = 4096;
const millisecondsPerChunk = 30;

/** A rate so small that timing doesn't change the weights: only the time matters. */
const timingRate = 2 ** -20;

/** What is timed once for a plan is repeated for so long: compiled code is slow at first. */
const warmUpMilliseconds = 60;

const never: StopSignal = { stopped: false };

/** Trains a study's trials, one after the other, on this machinery. */
export const trainerOn = (machinery: Machinery, study: TrainableStudy): Trainer => ({
	train: (trial, stop, from) => train(study, machinery, trial, stop, from),
	timeSteps(batchSize, steps) {
		const pace = { learningRate: timingRate, batchSize };
		machinery.begin(batchSize, Rng.fromSeed(study.seed).split("calibration"));
		// An epoch's first step shuffles, which takes as long as many small steps. It is included when whole epochs are timed, and else left
		// out.
		if (steps * batchSize < study.data.train) machinery.step(timingRate, never);
		const began = performance.now();
		takeSteps(machinery, steps, () => pace);
		return (performance.now() - began) / 1000;
	},
	timeLooks() {
		const batchSize = Math.min(...study.batchSizes);
		machinery.begin(batchSize, Rng.fromSeed(study.seed).split("calibration"));
		const batch = machinery.step(timingRate, never);
		if (batch === null) throw internal("nothing stops a step that is timed");
		const { recorder } = machinery;
		const groups = probeGroups(study.data.train, machinery.examplesTogether);
		const draws = Rng.fromSeed(study.seed).split("calibration");
		return {
			look: leastSeconds(() => metricsAt(machinery, [goalSet(study.goal)], batch)),
			reportedLook: leastSeconds(() => {
				recorder?.before();
				if (recorder) machinery.step(timingRate, never);
				recorder?.after(null);
				metricsAt(machinery, ["train", "validation"], batch);
			}),
			probe: groups === null ? 0 : leastSeconds(() => machinery.probe(groups, draws)),
		};
	},
	meetsGoalUntrained(seed) {
		machinery.begin(Math.min(...study.batchSizes), Rng.fromSeed(seed));
		const set = goalSet(study.goal);
		const { loss, accuracy } = machinery.evaluate(set) ?? { loss: Number.NaN, accuracy: null };
		return meetsGoalAt(study.goal, goalKind(study.goal) === "loss" ? loss : (accuracy ?? undefined));
	},
	test(trial) {
		machinery.begin(trial.batchSize, Rng.fromSeed(trial.seed), trial);
		takeSteps(machinery, trial.cap, paceOf(study, trial));
		return machinery.evaluate("test");
	},
});

/** Seconds of something that isn't a step: the least of several, the first of which warm up. */
function leastSeconds(timed: () => unknown): number {
	let least = Number.POSITIVE_INFINITY;
	const until = performance.now() + warmUpMilliseconds;
	for (let count = 0; count < 3 || (count < 1000 && performance.now() < until); count++) {
		const began = performance.now();
		timed();
		least = Math.min(least, performance.now() - began);
	}
	return least / 1000;
}

/** One trial, from its seed's weights to its outcome. Every draw comes from the trial's seed; probes and looks change nothing. */
async function* train(
	study: TrainableStudy,
	machinery: Machinery,
	trial: TrialSpec,
	stop: StopSignal,
	from?: Continuation,
): AsyncGenerator<TrialEvents> {
	const began = performance.now();
	const rng = Rng.fromSeed(trial.seed);
	machinery.begin(trial.batchSize, rng, trial);
	const paceAt = paceOf(study, trial);
	const watch = new GoalWatch(study.goal, trial.until);
	const sets = trial.curves ? (["train", "validation"] as const) : [goalSet(study.goal)];
	const deadline = study.limits.seconds === null ? Number.POSITIVE_INFINITY : began + 1000 * study.limits.seconds;

	const run = { seed: trial.seed, learningRate: trial.learningRate, ...settingOf(trial) };
	const { step: begunAt, examples: usedBefore } = from ? machinery.restore(from.saved, run) : { step: 0, examples: 0 };
	const evaluations: Evaluation[] = [...(from?.evaluations ?? [])];
	for (const evaluation of evaluations) watch.look(evaluation);
	const probes: NoiseProbe[] = [];
	let said = 0;
	let saidAt = began;
	let step = begunAt;
	let examples = usedBefore;
	let outcome: Outcome | null = null;
	let message: string | null = null;
	let look = nextLook(lastLookBy(step, study.looks.ratio), study.looks.ratio);
	let trunk = Trunk.of(study, trial);
	let lastBatch = 0;
	/** Where the trunk ends: for trainings of other lengths to go on from. */
	const endOfTrunk = (ended: Trunk): Continuation => ({
		run: trialRunKey(trial),
		step,
		examples,
		// A look at the planned end is this training's own.
		evaluations: evaluations.filter((one) => one.step <= lastLookBy(step, study.looks.ratio)),
		saved: machinery.save({ step, examples }, run),
		leastCap: ended.leastCap(step - 1, examples - lastBatch),
	});
	let branch: Continuation | null = null;
	const recorder = trial.curves ? machinery.recorder : null;
	const groups = trial.probe ? probeGroups(study.data.train, machinery.examplesTogether) : null;
	const probeHere = (): void => {
		if (!groups || probes.at(-1)?.step === step) return;
		const { squaredNormSums, gram } = machinery.probe(groups, rng.split("probe").split(step));
		probes.push({ step, groupSize: groups.size, squaredNormSums, gram });
	};
	const paceOnTrunk: PaceAt = (steps, used) => (trunk?.goesOn(steps, used) === false ? null : paceAt(steps, used));
	for (let probeAt = 0; !outcome; ) {
		if (step === probeAt) {
			probeHere();
			probeAt = Math.max(1, 2 * probeAt);
		}
		const now = performance.now();
		if (watch.isOver(step, trial.cap)) {
			outcome = watch.reached ? "reached" : "missed";
			// The last step may be the one that diverged: its batch was still fine, and no later one shows it.
			if (!watch.reached && isLost(evaluations.at(-1), step, goalSet(study.goal)))
				[outcome, message] = ["diverged", `the ${goalSet(study.goal)} loss was no number after step ${step}`];
		} else if (now > deadline) [outcome, message] = ["timed out", `longer than ${study.limits.seconds} s at step ${step}`];
		else {
			if (trunk?.goesOn(step, examples) === false) {
				if (step > begunAt) branch = endOfTrunk(trunk);
				trunk = null;
			}
			const lookAt = trial.until === "cap" ? Math.min(look, trial.cap) : look;
			const due = [lookAt, trial.cap, step - (step % stepsPerChunk) + stepsPerChunk, ...(groups ? [probeAt] : [])];
			const steps = stepsUntil(Math.min(...due), lookAt, step, recorder);
			const taken = machinery.advance({ step, examples }, steps, paceOnTrunk, stop);
			if (!taken) {
				outcome = "cancelled";
				break;
			}
			const batch = taken.last;
			step += taken.steps;
			lastBatch = batch.count;
			examples += taken.examples;
			if (!Number.isFinite(batch.loss)) [outcome, message] = ["diverged", `the loss became ${batch.loss} at step ${step}`];
			else if (step === lookAt) {
				const evaluation = { step, examples, metrics: metricsAt(machinery, sets, batch) };
				watch.look(evaluation);
				const atGoal = watch.reached?.step === step ? rng.split("sharpness") : null;
				const recorded = recorder?.after(atGoal);
				evaluations.push(recorded ? { ...evaluation, recorded } : evaluation);
				look = nextLook(step, study.looks.ratio);
			}
		}
		if ((step % stepsPerChunk === 0 || now - saidAt > millisecondsPerChunk) && step > 0 && !outcome) {
			yield { step, evaluations: evaluations.slice(said) };
			said = evaluations.length;
			saidAt = now;
		}
	}
	if (outcome === "reached") probeHere();
	if (outcome === "diverged" && watch.reached) outcome = "reached";
	const seconds = (performance.now() - began) / 1000;
	const { first, reached } = watch;
	const result: TrialResult = {
		outcome,
		steps: step,
		examples,
		first,
		reached,
		evaluations,
		...(from && { before: { steps: begunAt, examples: usedBefore } }),
		probes,
		seconds,
		message,
		...(machinery.backend && { backend: machinery.backend }),
	};
	const isWhole = step === trial.cap && outcome !== "diverged";
	if (trunk && isWhole && step > begunAt) branch = endOfTrunk(trunk);
	const saved = outcome === "missed" && mayBeContinued(trial) ? machinery.save({ step, examples }, run) : null;
	const continuation = saved ? { run: trialRunKey(trial), step, examples, evaluations, saved } : branch;
	yield { step, evaluations: evaluations.slice(said), result, ...(continuation && { continuation }) };
}

/** Whether a look at this step lacks a loss that it should have. */
const isLost = (look: Evaluation | undefined, step: number, set: "train" | "validation"): boolean =>
	look?.step === step && look.metrics[`${set}.loss`] === undefined;
