/**
 * How often the intervals of whole studies hold the truth: tuning, dropping, censoring, fresh seeds and analysis on the noisy quadratic, against brute
 * force. One core, some minutes. docs/coverage.md says what came out.
 */
import { trainerFor } from "../src/trainers/create.js";
import { type Coverage, measureCoverage, type Share, seedsApart } from "../test/fixtures/coverage.js";
import { oracleStudy } from "../test/fixtures/oracle-study.js";
import { Truth } from "../test/fixtures/true-steps.js";

const studies = 200;
const truthRuns = 2001;
const settings = {
	workload: { data: "quadratic", optimizer: { name: "sgd", momentum: 0 } },
	rest: { goal: { metric: "train.loss", atMost: 0.07 }, limits: { epochs: 20, steps: 1000 } },
};

export async function run(json: boolean): Promise<void> {
	const study = await oracleStudy(settings.workload, settings.rest);
	const trainer = await trainerFor(study, async () => new Uint8Array());
	const truth = new Truth(study, trainer, truthRuns);
	const timed = async (title: string, of: typeof trainer) => {
		const before = process.cpuUsage().user;
		const coverage = await measureCoverage(study, of, truth, studies);
		return { title, ...coverage, processorSeconds: (process.cpuUsage().user - before) / 1e6 };
	};
	const results = [
		await timed("As it is: one block of seeds for all batch sizes", trainer),
		await timed("With seeds of its own at every batch size", seedsApart(trainer)),
	];
	if (json) process.stdout.write(`${JSON.stringify({ settings, truthRuns, results })}\n`);
	else
		for (const result of results)
			process.stdout.write(`## ${result.title}\n\n${table(result)}\n\n${result.processorSeconds.toFixed(0)} s of one core\n\n`);
}

/** In Markdown, as it stands in docs/coverage.md. */
function table({ sizes, steps, atBestRates, atChosenRates, verdicts }: Coverage): string {
	const rows = sizes.map(({ batchSize, bestRate, bestSteps, steps, regret, notReached }) =>
		[batchSize, bestRate.toPrecision(2), bestSteps, percent(steps), regret.median.toFixed(2), regret.worst.toFixed(2), notReached].join(
			" | ",
		),
	);
	const names = { minSteps: "S_min", minExamples: "E_min", criticalBatchSize: "B_crit" };
	const fits = (["minSteps", "minExamples", "criticalBatchSize"] as const).map((key) =>
		[names[key], atBestRates.truth[key].estimate?.toPrecision(3), percent(atBestRates[key]), percent(atChosenRates[key])].join(" | "),
	);
	return [
		"| batch size | best rate | its true S | S covered | S at chosen / best rate: middle | worst | not reached |",
		"|---:|---:|---:|---:|---:|---:|---:|",
		...rows.map((row) => `| ${row} |`),
		"",
		`S and E over all sizes: ${percent(steps)}`,
		"",
		"| fit | truth at the best rates | covered | covered, truth at each study's own rates |",
		"|---|---:|---:|---:|",
		...fits.map((row) => `| ${row} |`),
		"",
		`verdicts: ${Object.entries(verdicts)
			.map(([verdict, count]) => `${verdict} ${count}`)
			.join(", ")}`,
	].join("\n");
}

const percent = ({ held, of }: Share): string => `${((100 * held) / of).toFixed(1)} % of ${of}`;
