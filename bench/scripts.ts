/**
 * What 40 trials of a training script are worth compared with the whole study of it: three scripts as users have them (plain NumPy,
 * PyTorch, one that only prints), each tuned whole and with 40 trials by the real program, several study seeds, judged by fresh runs of the
 * script. docs/budget.md shows what came out: `--write` puts the tables there. An hour or two, since every run is a process of its own.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { median } from "../src/analysis/bootstrap.js";
import type { Findings, Recommendation } from "../src/analysis/findings.js";
import { resolveInput } from "../src/api/resolve-input.js";
import { Rng } from "../src/core/rng.js";
import type { TrialSpec } from "../src/core/trial.js";
import { describeMachine } from "../src/native/machine.js";
import type { Study } from "../src/study/study.js";
import type { CommandWorkload } from "../src/study/workloads/command/workload.js";
import { isCommand } from "../src/study/workloads/table.js";
import { openLocalHost } from "../src/trainers/command/local/host.js";
import { type ScriptSession, scriptSession } from "../src/trainers/command/session.js";
import { resultOf } from "../test/fixtures/oracle-study.js";
import { type Answer, type Pair, pairsTable } from "./budget/pairs.js";
import { freshRuns } from "./fresh-runs.js";
import { writeSections } from "./markdown.js";
import { torchEnvironment } from "./python.js";
import { tuned } from "./tuned.js";

const budget = 40;
/** Fresh runs by which a recommendation is judged, of seeds that no study used. */
const judges = 15;

const directory = fileURLToPath(new URL("../examples/python", import.meta.url));
const scripts = [
	{ file: "numpy.yaml", seeds: [0, 1, 2, 3, 4], batchSizes: { from: 1, to: "full", factor: 2 } },
	{ file: "plain.yaml", seeds: [0, 1, 2, 3, 4], batchSizes: { from: 1, to: "full", factor: 2 } },
	{ file: "pytorch.yaml", seeds: [0, 1, 2], batchSizes: { from: 1, to: "full", factor: 4 } },
] as const;

type ScriptStudy = Study & { readonly workload: CommandWorkload };

export async function run(json: boolean, write: boolean): Promise<void> {
	const env = torchEnvironment();
	if (env === null) return;
	Object.assign(process.env, env); // the judges' scripts are started from here
	const measured = [];
	for (const script of scripts) measured.push(await measure(script, env));
	if (json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, machine: describeMachine(), budget, measured })}\n`);
	const section = measured.map(({ study, pairs }) => pairsTable(study.name, study, budget, pairs)).join("\n\n");
	if (!json) process.stdout.write(`${section}\n`);
	if (write) writeSections(new URL("../docs/budget.md", import.meta.url), { scripts: section });
}

async function measure({ file, seeds, batchSizes }: (typeof scripts)[number], env: NodeJS.ProcessEnv) {
	const asked = parse(readFileSync(join(directory, file), "utf8"));
	const input = { ...asked, workload: { ...asked.workload, directory }, batchSizes };
	const study = await resolveInput(input, directory);
	if (!isCommand(study.workload)) throw new Error(`${file} has no command`);
	const pairs: Pair[] = [];
	for (const seed of seeds) {
		const whole = await tuned({ ...input, seed }, env);
		const small = await tuned({ ...input, seed, budget: { trials: budget } }, env);
		// Either's choice at the same seconds per step: the whole study's, which has timed every size.
		const score = await judge({ ...study, workload: study.workload }, whole);
		pairs.push({ seed, whole: await answerOf(whole, score), small: await answerOf(small, score) });
		process.stderr.write(`${file}, seed ${seed}: ${JSON.stringify(pairs.at(-1))}\n`);
	}
	return { study, pairs };
}

const answerOf = async (findings: Findings, score: (of: Recommendation) => Promise<number>): Promise<Answer> => ({
	recommendation: findings.recommendation,
	trials: findings.cost.trials,
	examples: findings.cost.examples,
	score: await score(findings.recommendation),
});

/**
 * √(time × examples) of a recommended size and rate, over fresh runs of the script; ∞ without a recommendation, or where most runs don't
 * reach the goal.
 */
async function judge(study: ScriptStudy, { tradeoff }: Findings): Promise<(of: Recommendation) => Promise<number>> {
	const seeds = Rng.fromSeed(0).split("judges");
	return async (recommendation) => {
		const { batchSize, learningRate } = recommendation;
		if (batchSize === null || learningRate === null) return Number.POSITIVE_INFINITY;
		const seconds = tradeoff.find((row) => row.batchSize === batchSize)?.secondsPerStep.median ?? Number.NaN;
		const store = mkdtempSync(join(tmpdir(), "sweetspot-judge-"));
		const session: ScriptSession = scriptSession(study, "judge", store, { workers: 1, gpus: null }, openLocalHost);
		try {
			const train = (spec: TrialSpec) => resultOf(session.trainers[0], spec);
			const found = await freshRuns(study, { ...recommendation, batchSize, learningRate }, train, judges, seeds);
			return Math.sqrt(median(found.map(({ step }) => step)) * seconds * median(found.map(({ examples }) => examples)));
		} finally {
			session.close(true);
			rmSync(store, { recursive: true, force: true });
		}
	};
}
