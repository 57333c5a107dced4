import { canonicalJson } from "../../core/canonical.js";
import { Rng } from "../../core/rng.js";
import { upperMiddle } from "../../core/upper-middle.js";
import type { Tools } from "../experiment.js";
import type { Amount, Work } from "../work.js";
import { Laboratory } from "./laboratory.js";
import type { LabWorkload } from "./workloads.js";

/** Seconds for which one kind of work is repeated: good to a factor of two, as a plan is. */
const enough = 0.03;

/** So small that no run diverges while it is timed. */
const learningRate = 2 ** -20;

/** How fast this machine does what tasks are made of: each part is timed once, by a few repeats. Trains nothing that is kept. */
export class Pace {
	readonly #tools: Tools;
	readonly #known = new Map<string, number>();
	#open: { readonly key: string; readonly lab: Promise<Laboratory> } | null = null;

	constructor(tools: Tools) {
		this.#tools = tools;
	}

	/** How much a task computes, and in how many seconds one thread does so. Throws `data/…` errors where its data can't be read. */
	async of({ workload, amount }: Work): Promise<{ readonly amount: Amount; readonly seconds: number }> {
		// Neither changes how long a step takes.
		const alike: LabWorkload = { ...workload, reduction: "mean", lastBatch: "keep" };
		const key = canonicalJson(alike);
		const lab = await this.#laboratory(key, alike);
		const much = amount(lab.examples);
		const timed = (kind: string, batchSize: number, act: () => void): number => {
			const name = `${kind} ${batchSize} ${key}`;
			const seconds = this.#known.get(name) ?? secondsOf(act);
			this.#known.set(name, seconds);
			return seconds;
		};
		let seconds = 0;
		for (const { batchSize, count } of much.steps) {
			if (count === 0) continue;
			lab.begin(batchSize, 0);
			seconds += count * timed("step", batchSize, () => lab.step(learningRate));
		}
		const rng = Rng.fromSeed(0);
		for (const { batchSize, count } of much.probes) {
			if (count > 0) seconds += count * timed("probe", batchSize, () => lab.gradientNorms(batchSize, 1, rng));
		}
		if (much.looks > 0) seconds += much.looks * timed("look", 0, () => lab.evaluate("validation"));
		return { amount: much, seconds };
	}

	/** One at a time: images take much memory. */
	async #laboratory(key: string, workload: LabWorkload): Promise<Laboratory> {
		if (this.#open?.key !== key) this.#open = { key, lab: Laboratory.open(workload, { ...this.#tools }) };
		return await this.#open.lab;
	}
}

/** Of one repeat: the median, which the machine's other work hardly moves. The first warms up and isn't counted. */
function secondsOf(act: () => void): number {
	act();
	const times: number[] = [];
	const began = performance.now();
	do {
		const start = performance.now();
		act();
		times.push((performance.now() - start) / 1000);
	} while (times.length < 3 || performance.now() - began < 1000 * enough);
	return upperMiddle(times) ?? 0;
}
