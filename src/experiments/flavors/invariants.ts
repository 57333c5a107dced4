import { Rng } from "../../core/rng.js";
import { loadDataset } from "../../data/load.js";
import { reshufflingSampler } from "../../data/sampler.js";
import { pick } from "../../data/split.js";
import { Engine } from "../../engine/engine.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";

/** What the arithmetic of epochs and batches gave at one batch size. */
export interface Arithmetic {
	readonly batchSize: number;
	/** N, training examples. */
	readonly examples: number;
	readonly epochs: number;
	/** Updates that were made in these epochs. */
	readonly updates: number;
	/** Examples in the last batch of the first epoch. */
	readonly lastBatch: number;
	/** Whether each update but an epoch's last used B examples. */
	readonly wholeBatches: boolean;
	/** Whether each epoch used each example exactly once. */
	readonly eachOnce: boolean;
	/** Whether no two epochs had the same order. */
	readonly reshuffled: boolean;
	/** Whether each step reported the hits of its own batch at the weights before its update, and their mean loss to a relative 1e-5. */
	readonly ownMetrics: boolean;
}

const epochs = 3;

/** Trains three epochs step by step and checks, batch for batch, what the definitions say. */
export async function checkArithmetic(workload: NetworkWorkload, batchSize: number, seed: number, { read }: Tools): Promise<Arithmetic> {
	const { width, train } = await loadDataset(workload.data, read);
	const engine = Engine.create();
	const set = engine.load({ ...train, width });
	const network = engine.build({ inputs: width, layers: workload.model, ...workload });
	const step = engine.trainingStep(network, engine.optimizer(network, workload.optimizer), set);
	const rng = Rng.fromSeed(seed);
	network.initialize(rng.split("weights"));
	const sampler = reshufflingSampler(train.count, batchSize, "keep", rng.split("batches"));
	const perEpoch = Math.ceil(train.count / batchSize);
	const orders = new Set<string>();
	let wholeBatches = true;
	let eachOnce = true;
	let ownMetrics = true;
	let lastBatch = 0;
	for (let epoch = 0; epoch < epochs; epoch++) {
		const order: number[] = [];
		for (let update = 1; update <= perEpoch; update++) {
			const count = sampler.next(step.indices);
			const places = step.indices.slice(0, count);
			order.push(...places);
			wholeBatches &&= update === perEpoch ? count <= batchSize : count === batchSize;
			lastBatch = count;
			// Every batch is checked where there are few, else the first of each epoch.
			const checked = perEpoch <= 20 || update === 1;
			const mark = engine.mark();
			const alone = checked ? network.evaluate(engine.load({ ...pick(train, width, places), width })) : null;
			engine.release(mark);
			const { loss, correct } = step.run(count, 0.01);
			if (alone) ownMetrics &&= correct === alone.correct && Math.abs(loss - alone.loss) <= 1e-5 * alone.loss;
		}
		eachOnce &&= order.length === train.count && new Set(order).size === train.count;
		orders.add(order.join());
	}
	const updates = epochs * perEpoch;
	return {
		batchSize,
		examples: train.count,
		epochs,
		updates,
		lastBatch,
		wholeBatches,
		eachOnce,
		reshuffled: orders.size === epochs,
		ownMetrics,
	};
}
