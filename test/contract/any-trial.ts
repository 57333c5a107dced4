import fc from "fast-check";
import { metricNames } from "../../src/core/known-metrics.js";
import type { Crossing, Evaluation, FinishedTrial, GradientNorms, NoiseProbe, Outcome, TrialSpec } from "../../src/core/trial.js";

const count = fc.maxSafeNat();
const positive = fc.double({ min: 5e-324, max: 1e300, noNaN: true });
/** Every float64 but NaN: both zeros, the infinities and the subnormal numbers are among them. */
const float = fc.double({ noNaN: true, noDefaultInfinity: true });
const outcomes: readonly Outcome[] = ["reached", "missed", "diverged", "stopped", "timed out", "out of memory", "failed"];
const always = ["phase", "batchSize", "learningRate", "seedIndex", "seed", "cap", "until", "curves", "probe"] as const;
const spec: fc.Arbitrary<TrialSpec> = fc.record(
	{
		phase: fc.constantFrom("tuning", "selecting", "reporting", "ladder"),
		batchSize: count,
		learningRate: positive,
		seedIndex: count,
		seed: fc.nat({ max: 4294967295 }),
		cap: count,
		until: fc.constantFrom("goal", "cap"),
		curves: fc.boolean(),
		probe: fc.boolean(),
		momentum: fc.double({ min: 0, max: 0.999, noNaN: true }),
		weightDecay: fc.double({ min: 0, max: 1, noNaN: true }),
		flags: fc.constantFrom({ warmup: 100 }, { warmup: 0, beta: 0.9 }),
	},
	{ requiredKeys: [...always] },
);

const crossing: fc.Arbitrary<Crossing | null> = fc.option(fc.record({ after: count, step: count, examples: count }));

const finite = (names: readonly string[], minKeys: number) =>
	fc.dictionary(fc.constantFrom(...names), float, { noNullPrototype: true, minKeys });
const evaluation: fc.Arbitrary<Evaluation> = fc.record(
	{
		step: count,
		examples: count,
		metrics: finite([...metricNames, "f1", "eval/return", "validation.recall@10", "loss"], 0),
		recorded: finite(["distance", "distance.1", "distance.12", "update", "gradient-norm", "sharpness"], 1),
	},
	{ requiredKeys: ["step", "examples", "metrics"] },
);

const probe: fc.Arbitrary<NoiseProbe> = fc.integer({ min: 0, max: 4 }).chain((groups) =>
	fc.record({
		step: count,
		groupSize: count,
		squaredNormSums: fc.array(float, { minLength: groups, maxLength: groups }),
		gram: fc.array(float, { minLength: groups * groups, maxLength: groups * groups }),
	}),
);

const norm = fc.record({ batch: count, squaredNorm: float });
const norms: fc.Arbitrary<GradientNorms> = fc.record({ step: count, small: norm, big: norm });

/** Any trial a store may be asked to keep. Strings hold NULs and half surrogate pairs as well. */
export const anyTrial: fc.Arbitrary<FinishedTrial> = fc.record({
	spec,
	result: fc.record(
		{
			outcome: fc.constantFrom(...outcomes),
			steps: count,
			examples: count,
			first: crossing,
			reached: crossing,
			evaluations: fc.array(evaluation, { maxLength: 20 }),
			probes: fc.array(probe, { maxLength: 4 }),
			seconds: positive,
			message: fc.option(fc.string({ unit: "binary" })),
			gradientNorms: fc.array(norms, { minLength: 1, maxLength: 4 }),
			before: fc.record({ steps: count, examples: count }),
			clock: fc.record({ steps: count, seconds: positive, startUp: fc.boolean() }),
			machine: fc.stringMatching(/^[a-z0-9][a-z0-9.-]*$/),
		},
		{ requiredKeys: ["outcome", "steps", "examples", "first", "reached", "evaluations", "probes", "seconds", "message"] },
	),
});
