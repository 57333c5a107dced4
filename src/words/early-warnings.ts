import { type Agreement, agreementOf, blockOf, blocksOf, effectOf } from "../core/seed-effect.js";
import type { FinishedTrial } from "../core/trial.js";
import type { Study } from "../study/study.js";
import { isTied, traitsOf } from "../study/workloads/table.js";
import { useOfSeeds } from "./equal-seeds.js";
import { longerTraining } from "./longer-training.js";
import { formatCount } from "./numbers.js";

/** Watches for one thing that spoils a study. Returns what there is to say of it, once it is sure; null before. */
type Watch = (trial: FinishedTrial) => string | null;

/** Trials that show the same before there is a warning: fewer may be chance. */
const trialsBeforeWarning = 3;

/** What the first trials show that spoils a study: said while it runs, so that it can be stopped and put right. Each thing once. */
export class EarlyWarnings {
	#watches: readonly Watch[];
	#said: readonly string[] = [];

	/** `before`: trials of earlier runs of the study; what they show is reported with the next one. */
	constructor(study: Study, before: readonly FinishedTrial[]) {
		this.#watches = [stopping(study), ...(traitsOf(study.workload).runsUserCode ? [equalSeeds(study)] : [])];
		for (const trial of before) for (const watch of this.#watches) watch(trial);
	}

	/** All that has been said, in order. */
	get said(): readonly string[] {
		return this.#said;
	}

	/** Something to say that no trial shows. */
	add(text: string): void {
		this.#said = [...this.#said, text];
	}

	/** What there is to say after this trial; mostly nothing. */
	after(trial: FinishedTrial): readonly string[] {
		const found = this.#watches.map((watch) => ({ watch, text: watch(trial) }));
		this.#watches = found.flatMap(({ watch, text }) => (text === null ? [watch] : []));
		const texts = found.flatMap(({ text }) => text ?? []);
		this.#said = [...this.#said, ...texts];
		return texts;
	}
}

/** Trials that end by themselves before their limit, without the goal. */
function stopping(study: Study): Watch {
	const steps: number[] = [];
	return ({ result }) => {
		if (result.outcome === "stopped") steps.push(result.steps);
		if (steps.length < trialsBeforeWarning) return null;
		if (isTied(study.workload))
			return (
				`${formatCount(steps.length)} trainings were cut off before their planned end, which does not show how they would have ended: let the script ` +
				"take its length from {epochs} or {steps}, train to its end without stopping early, and report its metric there."
			);
		const [least, most] = [Math.min(...steps), Math.max(...steps)].map(formatCount);
		return (
			`${formatCount(steps.length)} trials have ended by themselves after ${least === most ? least : `${least} to ${most}`} steps, ` +
			`before their limit and without reaching the goal: ${longerTraining(study)}. Sweetspot ends each trial as soon as its outcome is clear, however long the script would train.`
		);
	};
}

/** Runs of different seeds that are equal, all of them. */
function equalSeeds(study: Study): Watch {
	const blocks = new Map<string, FinishedTrial[]>();
	const agreements = new Map<string, Agreement | null>();
	let differ = false;
	return (trial) => {
		if (differ) return null;
		const key = blockOf(trial.spec);
		const block = [...(blocks.get(key) ?? []), trial];
		blocks.set(key, block);
		for (const results of blocksOf(block)) agreements.set(key, agreementOf(results));
		const effect = effectOf(agreements.values());
		differ = effect === "some";
		if (differ) blocks.clear();
		return effect === "none"
			? `Runs of different seeds give equal results, so one run stands for all and there is no interval: ${useOfSeeds(study)}.`
			: null;
	};
}
