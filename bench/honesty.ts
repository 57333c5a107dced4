/**
 * Whether the first page of the embedded study holds up: 40 studies that differ in their seed, judged by what no study saw. How often they
 * find, and how often what they found is right, under every objective; whether S_min stays below the measured S(N). Then 40 more over ten
 * splits of the data: whether the test metric at the recommended size, rate and step meets the goal. docs/honesty.md says what came out:
 * `--write` puts the tables there.
 */
import { median } from "../src/analysis/bootstrap.js";
import type { Findings } from "../src/analysis/findings.js";
import { objectiveNames, objectives } from "../src/analysis/objectives.js";
import type { Calibration } from "../src/core/calibration.js";
import { Rng } from "../src/core/rng.js";
import type { TrialSpec } from "../src/core/trial.js";
import { factsAbout } from "../src/data/load.js";
import { resolveStudy } from "../src/study/resolve.js";
import type { NetworkWorkload, TrainableStudy } from "../src/study/study.js";
import { calibrate } from "../src/trainers/calibrate.js";
import { createBench, createTrainer } from "../src/trainers/node.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { formatCount } from "../src/words/numbers.js";
import { resultOf } from "../test/fixtures/oracle-study.js";
import { runWhole } from "../test/fixtures/whole-study.js";
import { freshRuns } from "./fresh-runs.js";
import { embeddedStudy } from "./honesty/embedded.js";
import { goalOverSplits } from "./honesty/splits.js";
import { table, writeSections } from "./markdown.js";

const studies = 40;
/** Seeds below it were used while the rules were chosen. */
const firstSeed = 2000;
/** Fresh runs behind every true S: its error is then a tenth of a single run's scatter. */
const truthRuns = 101;
/** What "right" means: the study's own tolerance. */
const tolerance = 0.25;

interface Judged {
	readonly seed: number;
	readonly findings: Findings;
	readonly calibration: Calibration;
}

/** True medians of steps at a size and rate, each measured when it is first asked for. */
class Truth {
	readonly #known = new Map<string, number>();

	constructor(
		private readonly study: TrainableStudy,
		private readonly train: (spec: TrialSpec) => ReturnType<typeof resultOf>,
	) {}

	async steps(batchSize: number, learningRate: number): Promise<number> {
		const key = `${batchSize}/${learningRate}`;
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		const seeds = Rng.fromSeed(20_261_128).split("truth");
		const found = await freshRuns(this.study, { batchSize, learningRate }, this.train, truthRuns, seeds);
		const steps = median(found.map(({ step }) => step));
		this.#known.set(key, steps);
		return steps;
	}
}

export async function run(json: boolean, write: boolean): Promise<void> {
	const study = await resolveStudy(embeddedStudy, (source) => factsAbout(source, readBytes));
	const trainer = await createTrainer(study, "wasm");
	const train = (spec: TrialSpec) => resultOf(trainer, spec);
	const judged: Judged[] = [];
	for (let seed = firstSeed; seed < firstSeed + studies; seed++) {
		const bench = await createBench(study, "wasm");
		const calibration = { machine: "this machine", stepTimes: await calibrate(bench, study.batchSizes) };
		await bench.endTiming();
		const { findings } = await runWhole({ ...study, seed }, train, { calibration });
		judged.push({ seed, findings, calibration });
		process.stderr.write(`study ${seed - firstSeed + 1} of ${studies}\n`);
	}
	const truth = new Truth(study, train);
	const sections = {
		verdicts: await verdictsTable(study, judged, truth),
		curve: curveTable(study, judged),
		splits: await goalOverSplits(study as TrainableStudy & { readonly workload: NetworkWorkload }),
	};
	if (write) writeSections(new URL("../docs/honesty.md", import.meta.url), sections);
	process.stdout.write(json ? `${JSON.stringify(sections)}\n` : `${Object.values(sections).join("\n\n")}\n`);
}

/** True seconds of a step: the median over all calibrations. */
const trueSeconds = (judged: readonly Judged[], batchSize: number): number =>
	median(judged.flatMap(({ calibration }) => calibration.stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? []));

async function verdictsTable(study: TrainableStudy, judged: readonly Judged[], truth: Truth): Promise<string> {
	const rows: string[][] = [];
	for (const objective of objectiveNames) {
		const score = async (batchSize: number, learningRate: number): Promise<number> => {
			const steps = await truth.steps(batchSize, learningRate);
			return objectives[objective].score(steps * trueSeconds(judged, batchSize), steps * batchSize);
		};
		/** Of every size the best among the rates that studies reported there. */
		let best = Number.POSITIVE_INFINITY;
		for (const batchSize of study.batchSizes) {
			const rates = new Set(
				judged.flatMap(({ findings }) => findings.tradeoff.find((row) => row.batchSize === batchSize)?.learningRate ?? []),
			);
			for (const rate of rates) best = Math.min(best, await score(batchSize, rate));
		}
		const outcomes: { readonly verdict: string; readonly regret: number; readonly batchSize: number }[] = [];
		for (const { findings } of judged) {
			const { verdict, batchSize, learningRate } = findings.recommendations[objective];
			if (batchSize === null || learningRate === null) throw new Error("a study without a recommendation");
			outcomes.push({ verdict, batchSize, regret: (await score(batchSize, learningRate)) / best });
		}
		const found = outcomes.filter(({ verdict }) => verdict === "found");
		const right = (some: typeof outcomes) => some.filter(({ regret }) => regret <= 1 + tolerance).length;
		const undecided = outcomes.filter(({ verdict }) => verdict !== "found");
		const sizes = [...new Set(outcomes.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
		rows.push([
			objective,
			`${found.length} of ${outcomes.length}`,
			`${right(found)} of ${found.length}`,
			`${right(undecided)} of ${undecided.length}`,
			median(outcomes.map(({ regret }) => regret)).toFixed(2),
			Math.max(...outcomes.map(({ regret }) => regret)).toFixed(2),
			sizes.map((size) => `${size}: ${outcomes.filter(({ batchSize }) => batchSize === size).length}`).join(", "),
		]);
	}
	const heads = ["objective", "found", "of those right", "undecided, best guess right", "cost over least: middle", "worst", "recommended"];
	return table(
		heads.map((head, i) => [head, i === 0 || i === heads.length - 1 ? "left" : "right"] as const),
		rows,
	);
}

function curveTable({ data }: TrainableStudy, judged: readonly Judged[]): string {
	const all = judged.map(({ findings: { fit, tradeoff } }) => ({ fit, full: tradeoff[tradeoff.length - 1].steps }));
	const count = (is: (one: (typeof all)[number]) => boolean): string => `${all.filter(is).length} of ${all.length}`;
	const middle = (of: (one: (typeof all)[number]) => number | null): string => formatCount(median(all.flatMap((one) => of(one) ?? [])));
	return table(
		[
			["of the fit", "left"],
			["", "right"],
		],
		[
			[
				`S_min above the measured S(${formatCount(data.train)})`,
				count(({ fit, full }) => (fit.minSteps.estimate ?? 0) > (full.median ?? 0)),
			],
			[`S(${formatCount(data.train)}) wholly below the other sizes' S_min`, count(({ fit }) => fit.lackOfFit.undercut.length > 0)],
			["said to be a hyperbola", count(({ fit }) => fit.verdict === "hyperbola")],
			["lack of fit significant (5 %)", count(({ fit }) => (fit.lackOfFit.probability ?? 1) < 0.05)],
			["critical batch size, middle study", middle(({ fit }) => fit.criticalBatchSize.estimate)],
			["S_min, middle study", middle(({ fit }) => fit.minSteps.estimate)],
		],
	);
}
