/**
 * How often the intervals of whole studies hold the truth: tuning, dropping, censoring, fresh seeds and analysis on the noisy quadratic,
 * against brute force. One core, some minutes. docs/coverage.md says what came out: `--write` puts the tables there.
 */
import { trainerFor } from "../src/trainers/create.js";
import { type Coverage, measureCoverage, type Share, seedsApart } from "../test/fixtures/coverage.js";
import { oracleStudy } from "../test/fixtures/oracle-study.js";
import { Truth } from "../test/fixtures/true-steps.js";
import { table, writeSections } from "./markdown.js";

const studies = 200;
const truthRuns = 2001;
const settings = {
	workload: { data: "quadratic", optimizer: { name: "sgd", momentum: 0 } },
	rest: { goal: { metric: "train.loss", atMost: 0.07 }, limits: { epochs: 20, steps: 1000 } },
};

const document = new URL("../docs/coverage.md", import.meta.url);

export async function run(json: boolean, write: boolean): Promise<void> {
	const study = await oracleStudy(settings.workload, settings.rest);
	const trainer = await trainerFor(study, async () => new Uint8Array());
	const truth = new Truth(study, trainer, truthRuns);
	const paired = await measureCoverage(study, trainer, truth, studies);
	const apart = await measureCoverage(study, seedsApart(trainer), truth, studies);
	const { user } = process.cpuUsage();
	if (json) process.stdout.write(`${JSON.stringify({ settings, truthRuns, paired, apart })}\n`);
	const sections = {
		paired: section(paired),
		apart: section(apart),
		cost: `${Math.round(user / 1e6)} s of one core, brute force included.`,
	};
	if (write) writeSections(document, sections);
	if (!json) process.stdout.write(`${Object.values(sections).join("\n\n")}\n`);
}

function section({ sizes, steps, fits, misfit, verdicts }: Coverage): string {
	const ofSizes = table(
		[
			["batch size", "right"],
			["best rate", "right"],
			["its true S", "right"],
			["S covered", "right"],
			["S at chosen / best rate: middle", "right"],
			["worst", "right"],
			["not reached", "right"],
		],
		sizes.map(({ batchSize, bestRate, bestSteps, steps, regret, notReached }) => [
			String(batchSize),
			bestRate.toPrecision(2),
			String(bestSteps),
			percent(steps),
			regret.median.toFixed(2),
			regret.worst.toFixed(2),
			String(notReached),
		]),
	);
	const ofFits = table(
		[
			["fit", "left"],
			["truth", "right"],
			["covered", "right"],
			["truth below", "right"],
			["above", "right"],
			["estimate / truth", "right"],
			["scatter", "right"],
			["half width", "right"],
		],
		fits.map(({ quantity, rates, truth, covered, below, above, bias, scatter, halfWidth }) => [
			`${names[quantity]}, ${rates === "best" ? "at the best rates" : "at each study's own rates"}`,
			truth === null ? "" : truth.toPrecision(3),
			percent(covered),
			String(below),
			String(above),
			Math.exp(bias).toFixed(2),
			`${(100 * scatter).toFixed(0)} %`,
			`${(100 * halfWidth).toFixed(0)} %`,
		]),
	);
	const ofVerdicts = Object.entries(verdicts)
		.map(([verdict, count]) => `${verdict} ${count}`)
		.join(", ");
	return [
		ofSizes,
		`S and E over all sizes: ${percent(steps)}. Largest distance of a true S at the best rates from the hyperbola through them: ${(100 * misfit).toFixed(0)} %.`,
		ofFits,
		`Verdicts: ${ofVerdicts}.`,
	].join("\n\n");
}

const names = { minSteps: "S_min", minExamples: "E_min", criticalBatchSize: "B_crit", exponent: "exponent" } as const;

const percent = ({ held, of }: Share): string => `${((100 * held) / of).toFixed(1)} % of ${of}`;
