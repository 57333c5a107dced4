import { expect, test } from "vitest";
import { smallStudy } from "../../../test/fixtures/small-findings.js";
import type { RateSchedule } from "../../engine/schedules/learning-rate.js";
import type { Plan } from "../../study/plan.js";
import type { NetworkWorkload } from "../../study/study.js";
import { renderPlan } from "./plan-table.js";

const plan: Plan = {
	examples: 1078,
	rows: [
		{ batchSize: 1, flavor: "stochastic", stepsPerEpoch: 1078, lastBatch: 1, updates: 107_800 },
		{ batchSize: 64, flavor: "mini-batch", stepsPerEpoch: 17, lastBatch: 54, updates: 5000 },
		{ batchSize: 1078, flavor: "batch", stepsPerEpoch: 1, lastBatch: 1078, updates: 5000 },
	],
	trials: 310,
	trialsAtMost: 1204,
	seconds: 34,
};

test("100 columns", () => {
	expect(renderPlan({ width: 100, color: false }, smallStudy, plan)).toBe(`digits

batch size  gradient descent  steps per epoch  last batch  updates at most
         1  stochastic                  1,078           1          107,800
        64  mini-batch                     17          54            5,000
     1,078  batch                           1       1,078            5,000

data            digits: 1,078 training, 269 validation and 450 test examples
model           64 features → dense 64 → relu → dense 10
optimizer       sgd, momentum 0.9
goal            validation accuracy of at least 0.95
learning rates  0.001 to 10, in half octaves (28 rates); further where the best is at an end
seeds           3 tuning, 4 selecting, 7 reporting
a trial ends    at the goal, or after 100 epochs or 5,000 steps, whichever is more
trials          about 310, at most 1,204
time            about 34 s; longer where a run to the goal takes more than four epochs and a hundred
                steps
`);
});

test("60 columns", () => {
	expect(renderPlan({ width: 60, color: false }, smallStudy, plan)).toBe(`digits

batch  flavor      steps/epoch  last batch  updates
    1  stochastic        1,078           1  107,800
   64  mini-batch           17          54    5,000
1,078  batch                 1       1,078    5,000

data            digits: 1,078 training, 269 validation and
                450 test examples
model           64 features → dense 64 → relu → dense 10
optimizer       sgd, momentum 0.9
goal            validation accuracy of at least 0.95
learning rates  0.001 to 10, in half octaves (28 rates);
                further where the best is at an end
seeds           3 tuning, 4 selecting, 7 reporting
a trial ends    at the goal, or after 100 epochs or 5,000
                steps, whichever is more
trials          about 310, at most 1,204
time            about 34 s; longer where a run to the goal
                takes more than four epochs and a hundred
                steps
`);
});

test("how weights are updated is shown: only what the study has", () => {
	const facts = (descent: Partial<NetworkWorkload>) => {
		const study = { ...smallStudy, workload: { ...smallStudy.workload, ...descent } as NetworkWorkload };
		const lines = renderPlan({ width: 120, color: false }, study, plan).split("\n");
		return lines.filter((line) => /^(optimizer|gradient|schedule) /.test(line)).map((line) => line.replace(/ {2,}/, ": "));
	};
	const adam = { name: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 } as const;
	expect(facts({ optimizer: adam })).toEqual(["optimizer: adamw, betas 0.9 and 0.999, weight decay 0.01"]);
	const held = { optimizer: { ...adam, beta2: { halfLife: 1e5 } }, schedule: { warmUp: { examples: 2000 } } };
	expect(facts(held)).toEqual([
		"optimizer: adamw, betas 0.9 and a half-life of 100,000 examples, weight decay 0.01",
		"schedule: warm-up over 2,000 examples",
	]);
	const rmsprop = { name: "rmsprop", smoothing: 0.99, momentum: 0, epsilon: 1e-8 } as const;
	const gradient = { clipNorm: 1, noise: { variance: 0.01, decay: 0.55 } };
	expect(facts({ optimizer: rmsprop, gradient, schedule: { warmUp: { epochs: 0.5 } } })).toEqual([
		"optimizer: rmsprop, smoothing 0.99",
		"gradient: clipped to norm 1, noise of variance 0.01/(1 + t)^0.55",
		"schedule: warm-up over 0.5 epochs",
	]);
	const nesterov = { name: "sgd", momentum: 0.9, nesterov: true } as const;
	const cosine = { learningRate: { cosine: { steps: 3000, to: 0 } } };
	expect(facts({ optimizer: nesterov, gradient: { noise: { variance: 1, decay: 0 } }, schedule: cosine })).toEqual([
		"optimizer: sgd, Nesterov momentum 0.9",
		"gradient: noise of variance 1",
		"schedule: cosine over 3,000 steps to 0 of the rate",
	]);
	const schedules = (schedule: RateSchedule) => facts({ schedule }).at(-1);
	expect(schedules({ learningRate: { step: { factor: 0.1, epochs: [30, 60] } } })).toBe("schedule: times 0.1 at epochs 30, 60");
	expect(schedules({ learningRate: { step: { factor: 0.5, steps: 1 } } })).toBe("schedule: times 0.5 every 1 step");
	expect(schedules({ warmUp: { steps: 400 }, learningRate: { "inverse-square-root": { steps: 400 } } })).toBe(
		"schedule: warm-up over 400 steps, then inverse square root after 400 steps",
	);
});

test("weight decay is shown", () => {
	const study = {
		...smallStudy,
		workload: { ...smallStudy.workload, optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 } as const },
	};
	expect(renderPlan({ width: 100, color: false }, study, plan)).toContain("\noptimizer       sgd, momentum 0.9, weight decay 0.0001\n");
});

test("no test set, no momentum, nothing timed", () => {
	const study = {
		...smallStudy,
		data: { ...smallStudy.data, test: 0 },
		workload: { ...smallStudy.workload, optimizer: { name: "sgd", momentum: 0 } as const },
	};
	const lines = renderPlan({ width: 100, color: false }, study, { ...plan, seconds: null }).split("\n");
	expect(lines.find((line) => line.startsWith("data"))).toBe(
		"data            digits: 1,078 training and 269 validation examples, no test set",
	);
	expect(lines.find((line) => line.startsWith("optimizer"))).toBe("optimizer       sgd");
	expect(lines.some((line) => line.startsWith("time"))).toBe(false);
});

test("a small budget: the trials it has, once", () => {
	const study = { ...smallStudy, budget: { trials: 40, seconds: null } };
	const text = renderPlan({ width: 100, color: false }, study, { ...plan, trials: 40, trialsAtMost: 40 });
	expect(text).toContain("\ntrials          at most 40 runs, each continued while it may win, at some of these batch sizes\n");
});

test("a budget of trainings: what such answers have cost", () => {
	const study = { ...smallStudy, budget: { trials: null, seconds: null, trainings: 5 } };
	expect(renderPlan({ width: 160, color: false }, study, { ...plan, trials: 40 })).toContain(
		"\ntrials          about 40 as a rule, most of them a few steps long, at some of these batch sizes\n" +
			"price           about 7 trainings (runs to the goal at what is recommended), fewer where a training is long\n",
	);
});

test("a budget of trainings and a setting of one's own: what that may cost on top", () => {
	const study = { ...smallStudy, budget: { trials: null, seconds: null, trainings: 5 }, baseline: { batchSize: 8, learningRate: 0.1 } };
	expect(renderPlan({ width: 200, color: false }, study, { ...plan, trials: 40 })).toContain(
		"fewer where a training is long; and up to 3 for each run of your own setting\n",
	);
});

test("a budget of time: its trials are what it pays for", () => {
	const study = { ...smallStudy, budget: { trials: null, seconds: 180 } };
	const untimed = renderPlan({ width: 100, color: false }, study, { ...plan, trials: 60, seconds: null });
	expect(untimed).toContain(
		"\ntrials          about 60 as a rule, most of them a few steps long, at some of these batch sizes\nprice           about 40 trainings",
	);
	expect(untimed).toContain("\ntime            at most 3 min");
	expect(renderPlan({ width: 100, color: false }, study, { ...plan, trials: 60, seconds: 20 })).toContain(
		"\ntime            about 20 s, at most 3 min",
	);
});

test("of trainings of a planned length it states the length, and no limit that doesn't apply", () => {
	const goal = { metric: "validation.loss", best: "lowest", horizon: { epochs: 20 }, give: 0.01, window: 1 } as const;
	const text = renderPlan({ width: 200, color: false }, { ...smallStudy, goal }, plan);
	expect(text).toContain("lowest validation loss at the end of 20 epochs; a larger batch may lose 0.01");
	expect(text).toContain("1 tuning, at most 7 fresh ones");
	expect(text).toContain("at its planned length: the whole 20 epochs, or a sixteenth, an eighth, a quarter or a half of it");
	expect(text).not.toContain("5,000 steps, whichever is more");
});

test("of a least length it lists the seeds that are used, and no maximum of a search for the way to a goal", () => {
	const schedule: NetworkWorkload["schedule"] = { learningRate: { cosine: { horizon: 1, to: 0 } } };
	const study = {
		...smallStudy,
		workload: { ...(smallStudy.workload as NetworkWorkload), schedule },
		limits: { ...smallStudy.limits, steps: 1 },
	};
	const text = renderPlan({ width: 200, color: false }, study, plan);
	expect(text).toContain("\nseeds           3 tuning, 7 fresh\n");
	expect(text).toContain("\ntrials          about 310 as a rule, of all lengths, at some of these batch sizes\n");
	expect(text).toContain("\nprice           about 400 to 900 trainings (runs of the least length at what is recommended)\n");
	expect(text).toContain("at most 100 epochs or 1 step, whichever is more\n");
	// It is planned from its limit, so nothing is guessed of a run to the goal.
	expect(text).toContain("\ntime            about 34 s\n");
});
