/**
 * Microseconds of a whole training step (gather, forward, loss, backward, update) on one thread; also with the squared gradient norm of
 * every example. The machine may be shared and drift, so the cases are interleaved: every pass takes each of them once, and the table shows
 * the median over the passes, with the lowest and the highest.
 */
import { Rng } from "../src/core/rng.js";
import { Engine } from "../src/engine/engine.js";
import { multiplicationRate } from "./gemm.js";
import { median } from "./median.js";

const passes = 7;
/** Seconds of one measurement: long against the clock and a scheduler's slice, short against the drift. */
const seconds = 0.05;

const workloads = [
	{ inputs: 2, hidden: 50, classes: 3, batchSizes: [1, 32, 500] },
	{ inputs: 64, hidden: 64, classes: 10, batchSizes: [1, 2, 4, 8, 32, 256, 1078] },
	{ inputs: 784, hidden: 128, classes: 10, batchSizes: [1, 32, 256, 1024] },
] as const;

interface Case {
	readonly network: string;
	readonly batchSize: number;
	readonly measured: "step" | "step with per-example norms";
	/** Runs steps, returns something of every one of them. */
	readonly steps: (count: number) => number;
}

function casesOf({ inputs, hidden, classes, batchSizes }: (typeof workloads)[number]): Case[] {
	const examples = 1078;
	const rng = Rng.fromSeed(1);
	const engine = Engine.create();
	const set = engine.load({
		count: examples,
		width: inputs,
		features: Float32Array.from({ length: examples * inputs }, () => rng.uniform()),
		labels: Int32Array.from({ length: examples }, () => rng.below(classes)),
	});
	return batchSizes.flatMap((batchSize) =>
		([false, true] as const).map((perExample): Case => {
			const network = engine.build({
				inputs,
				layers: [{ kind: "dense", units: hidden }, { kind: "relu" }, { kind: "dense", units: classes }],
				init: "he-normal",
				loss: "softmax-cross-entropy",
				reduction: "mean",
			});
			const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set, { perExample });
			network.initialize(rng.split(batchSize));
			for (let i = 0; i < batchSize; i++) step.indices[i] = rng.below(examples);
			return {
				network: `${inputs}-${hidden}-${classes}`,
				batchSize,
				measured: perExample ? "step with per-example norms" : "step",
				steps: (count) => {
					let loss = 0;
					for (let t = 0; t < count; t++) loss += step.run(batchSize, 0.001).loss;
					return loss;
				},
			};
		}),
	);
}

const secondsOf = (run: () => unknown): number => {
	const start = performance.now();
	run();
	return (performance.now() - start) / 1000;
};

export function run(json: boolean): void {
	const cases = workloads.flatMap(casesOf);
	let consumed = 0;
	const repeats = cases.map(({ steps }) => {
		let count = 1;
		while (secondsOf(() => (consumed += steps(count))) < seconds / 2) count *= 2; // this also warms up
		return count;
	});
	const times: number[][] = cases.map(() => []);
	const rates: number[] = [];
	for (let pass = 0; pass < passes; pass++) {
		rates.push(multiplicationRate());
		for (const [i, { steps }] of cases.entries()) times[i].push((secondsOf(() => (consumed += steps(repeats[i]))) / repeats[i]) * 1e6);
	}
	if (Number.isNaN(consumed)) throw new Error("a network diverged: the times would be those of NaN");

	const rows = cases.map(({ network, batchSize, measured }, i) => ({
		network,
		batchSize,
		measured,
		microseconds: { median: median(times[i]), low: Math.min(...times[i]), high: Math.max(...times[i]) },
	}));
	const gemm = { median: median(rates), low: Math.min(...rates), high: Math.max(...rates) };
	if (json) {
		process.stdout.write(`${JSON.stringify({ schemaVersion: 1, passes, steps: rows, gigaflopsPerSecond: gemm })}\n`);
		return;
	}
	process.stdout.write(`Microseconds per training step, one thread; median [lowest–highest] of ${passes} interleaved passes\n\n`);
	process.stdout.write(
		`${"network".padEnd(12)}${"batch".padStart(6)}${"step".padStart(30)}${"with per-example norms".padStart(32)}${"added".padStart(8)}\n`,
	);
	const shown = (value: { median: number; low: number; high: number }) =>
		`${value.median.toFixed(2)} [${value.low.toFixed(2)}–${value.high.toFixed(2)}]`;
	for (let i = 0; i < rows.length; i += 2) {
		const [plain, withNorms] = [rows[i].microseconds, rows[i + 1].microseconds];
		// The ratio of neighbours in time, pass by pass: drift cancels.
		const added = median(times[i].map((time, pass) => times[i + 1][pass] / time)) - 1;
		process.stdout.write(
			`${rows[i].network.padEnd(12)}${String(rows[i].batchSize).padStart(6)}${shown(plain).padStart(30)}${shown(withNorms).padStart(32)}${`${(100 * added).toFixed(0)} %`.padStart(8)}\n`,
		);
	}
	process.stdout.write(`\nMatrix product 512 × 512 × 512: ${shown(gemm)} GFLOP/s\n`);
}
