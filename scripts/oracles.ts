import { writeFileSync } from "node:fs";
import { gradientMoments } from "../src/analysis/noise-scale.js";
import { Rng } from "../src/core/rng.js";
import { leastSquares } from "../src/data/oracles/least-squares.js";
import type { LinearProblem } from "../src/data/oracles/linear.js";
import { logistic } from "../src/data/oracles/logistic.js";
import { quadratic } from "../src/data/oracles/quadratic.js";
import { type Link, logistic as logisticLink, squared } from "../src/trainers/oracle/link.js";
import { OracleMachinery } from "../src/trainers/oracle/machinery.js";
import { optimumOf } from "../src/trainers/oracle/optimum.js";
import { QuadraticOracle } from "../src/trainers/oracle/quadratic.js";
import { QuadraticMoments, stationaryLoss, stepsToExpectedLoss } from "../src/trainers/oracle/quadratic-moments.js";
import { stationarySquaredDistance } from "../src/trainers/oracle/stationary.js";
import { hover, linearMachinery, type Measured, measured, squaredDistance } from "../test/fixtures/linear-oracle.js";
import { never } from "../test/fixtures/oracle-study.js";

/**
 * Writes docs/oracles.md: for each oracle what is known exactly, and what our trainer measures. The same draws every time: the file changes
 * only with the code.
 */
interface Row {
	readonly oracle: string;
	readonly quantity: string;
	readonly exact: string;
	readonly measured: string;
}

const figure = (value: number): string => (value === 0 ? "0" : Number(value.toPrecision(4)).toString());
/** A mean with its 95 % interval. */
const interval = ({ mean, standardError }: Measured): string =>
	`${figure(mean)} [${figure(mean - 1.96 * standardError)}–${figure(mean + 1.96 * standardError)}]`;

function quadraticRows(): Row[] {
	const problem = quadratic({ dimensions: 32, condition: 100, noise: 1 });
	const machinery = new OracleMachinery(new QuadraticOracle(problem), { optimizer: { name: "sgd", momentum: 0 } });
	const oracle = "Noisy quadratic, 32 weights, condition 100, noise 1";
	const goal = 0.07;
	const lossAt = (batchSize: number, learningRate: number, steps: number, runs: number): Measured =>
		measured(
			Array.from({ length: runs }, (_, seed) => {
				machinery.begin(batchSize, Rng.fromSeed(seed));
				for (let step = 0; step < steps; step++) machinery.step(learningRate, never);
				return machinery.evaluate("train")?.loss ?? Number.NaN;
			}),
		);
	const rows = [
		[1, 2 ** -5],
		[32, 1],
	].flatMap(([batchSize, learningRate]): Row[] => {
		const descent = { batchSize, learningRate, momentum: 0 };
		const at = `batch size ${batchSize}, learning rate ${figure(learningRate)}`;
		const moments = new QuadraticMoments(problem, descent);
		for (let step = 0; step < 50; step++) moments.step();
		const passages = Array.from({ length: 2001 }, (_, seed) => {
			machinery.begin(batchSize, Rng.fromSeed(seed));
			for (let step = 1; ; step++) {
				machinery.step(learningRate, never);
				if ((machinery.evaluate("train")?.loss ?? Number.NaN) <= goal) return step;
			}
		}).sort((a, b) => a - b);
		// Of 2,001 ordered draws the median lies between the 957th and the 1,045th with 95 % probability.
		const passage = `${passages[1000]} [${passages[956]}–${passages[1044]}]`;
		const steps = stepsToExpectedLoss(problem, descent, goal, 1e5);
		return [
			{
				oracle,
				quantity: `expected loss after 50 steps, ${at}`,
				exact: figure(moments.expectedLoss),
				measured: interval(lossAt(batchSize, learningRate, 50, 2000)),
			},
			{
				oracle,
				quantity: `expected loss for ever, ${at}`,
				exact: figure(stationaryLoss(problem, descent)),
				measured: interval(lossAt(batchSize, learningRate, Math.ceil(600 / learningRate), 100)),
			},
			{
				oracle,
				quantity: `steps until the *expected* loss is ${goal}, ${at}`,
				exact: steps === null ? "never" : String(steps),
				measured: "",
			},
			{ oracle, quantity: `*median* steps until a run's loss is ${goal}, ${at}: another quantity`, exact: "none known", measured: passage },
		];
	});
	machinery.begin(1, Rng.fromSeed(0));
	const probes = Array.from({ length: 200 }, (_, i) => {
		const probe = machinery.probe({ groups: 16, size: 64 }, Rng.fromSeed(i));
		return gradientMoments({ step: 0, groupSize: 64, ...probe }, Number.POSITIVE_INFINITY);
	});
	const signal = problem.curvatures.reduce((sum, h, i) => sum + (h * machinery.weights[i]) ** 2, 0);
	const variance = problem.variances.reduce((sum, c) => sum + c, 0);
	return [
		...rows,
		{
			oracle,
			quantity: "\\|G\\|² at the start of seed 0",
			exact: figure(signal),
			measured: interval(measured(probes.map((probe) => probe.signal))),
		},
		{ oracle, quantity: "tr(C)", exact: figure(variance), measured: interval(measured(probes.map((probe) => probe.variance))) },
	];
}

function linearRows(oracle: string, problem: LinearProblem, link: Link, learningRate: number): Row[] {
	const optimum = optimumOf(problem, link);
	const { count } = problem.train;
	const descent = linearMachinery(problem, link, "reshuffle", 0.9);
	descent.begin(count, Rng.fromSeed(1));
	for (let step = 0; step < 3000; step++) descent.step(learningRate, never);
	const reached = { loss: descent.evaluate("train")?.loss ?? Number.NaN, distance: Math.sqrt(squaredDistance(descent.weights, optimum)) };
	descent.weights.set(optimum);
	const settings = { batchSize: 4, learningRate, runs: 200, forget: 40 };
	const at = `batch size 4, learning rate ${figure(learningRate)}`;
	const distance = (sampler: "reshuffle" | "with-replacement", place: "end" | "random") =>
		interval(hover(linearMachinery(problem, link, sampler), optimum, count / 4, { ...settings, at: place }));
	const hovering = (where: string) => `mean squared distance from the optimum, ${where}, ${at}`;
	return [
		{
			oracle,
			quantity: "least loss: Newton's method; full-batch descent",
			exact: (descent.evaluate("train")?.loss ?? Number.NaN).toFixed(15),
			measured: reached.loss.toFixed(15),
		},
		{ oracle, quantity: "distance of full-batch descent from the optimum", exact: "0", measured: reached.distance.toExponential(1) },
		{
			oracle,
			quantity: hovering("with replacement, at random steps"),
			exact: link === squared ? figure(stationarySquaredDistance(problem, optimum, learningRate, 4)) : "none known",
			measured: distance("with-replacement", "random"),
		},
		{ oracle, quantity: hovering("reshuffled epochs, at random steps"), exact: "none known", measured: distance("reshuffle", "random") },
		{ oracle, quantity: hovering("reshuffled epochs, at their ends"), exact: "none known", measured: distance("reshuffle", "end") },
	];
}

const shape = { examples: 100, dimensions: 5, seed: 1 };
const rows: Row[] = [
	...quadraticRows(),
	...linearRows(
		"Least squares, 80 examples, 5 weights, noise 0.5, penalty 0.1",
		leastSquares({ name: "least-squares", ...shape, noise: 0.5, penalty: 0.1 }),
		squared,
		0.05,
	),
	...linearRows(
		"Logistic regression, 80 examples, 5 weights, noise 1, penalty 0.05",
		logistic({ name: "logistic", ...shape, noise: 1, penalty: 0.05 }),
		logisticLink,
		0.25,
	),
];
const section = (name: string): string =>
	[
		`## ${name}`,
		"",
		"| quantity | exact | measured |",
		"|---|---:|---:|",
		...rows
			.filter(({ oracle }) => oracle === name)
			.map(({ quantity, exact, measured }) => `| ${[quantity, exact, measured].join(" | ")} |`),
	].join("\n");

const text = `# Oracles: what is known, and what is measured

\`npx tsx scripts/oracles.ts\` writes this file. Brackets hold 95 % intervals of what the trainer measured; SGD without momentum unless full-batch. One interval in twenty misses.

${[...new Set(rows.map(({ oracle }) => oracle))].map(section).join("\n\n")}

The closed forms stand, with their derivations, in \`src/trainers/oracle/\` (\`quadratic-moments.ts\`, \`optimum.ts\`, \`stationary.ts\`), and the trainer is checked against them in \`test/oracle/\`. The coverage of whole studies: [coverage.md](coverage.md).
`;
writeFileSync(new URL("../docs/oracles.md", import.meta.url), text);
