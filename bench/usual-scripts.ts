/**
 * Scripts as people have them, tuned as a new user would: `init`, `plan`, `tune`, and then fresh runs that show whether the answer does
 * what it says. docs/scripts.md has what came out: `--write` puts the table there. `--only NAME` runs one script; `--keep FOLDER` keeps
 * what each command said. Needs an interpreter with bench/usual-scripts/requirements.txt, named by SWEETSPOT_PYTHON; scripts whose modules
 * are missing are left out, and said.
 */
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import type { Findings } from "../src/analysis/findings.js";
import { answerFrom } from "../src/api/answer.js";
import { isBestGoal } from "../src/core/horizon.js";
import { describeMachine } from "../src/native/machine.js";
import { openStore } from "../src/store/open.js";
import type { Study } from "../src/study/study.js";
import { isCommand } from "../src/study/workloads/table.js";
import { Workplace } from "../test/e2e/sweetspot.js";
import { pythonEnvironment, pythonWith } from "../test/fixtures/python.js";
import { writeSections } from "./markdown.js";
import { type Case, cases } from "./usual-scripts/cases.js";
import { judged, type Setting } from "./usual-scripts/judge.js";
import type { Outcome } from "./usual-scripts/outcome.js";
import { scriptsTable } from "./usual-scripts/table.js";

/** Fresh runs of each setting, unless the script says otherwise. */
const usualRuns = 7;

const scripts = new URL("./usual-scripts/scripts/", import.meta.url);

export async function run(json: boolean, write: boolean, flags: readonly string[]): Promise<void> {
	const following = (flag: string): string | undefined => (flags.includes(flag) ? flags[flags.indexOf(flag) + 1] : undefined);
	const only = following("--only");
	const outcomes: Outcome[] = [];
	for (const one of cases.filter(({ script }) => only === undefined || script.startsWith(only))) {
		const python = pythonWith(...one.modules);
		if (python === null) {
			process.stderr.write(`${one.script} is left out: no Python with ${one.modules.join(", ")}; name one with SWEETSPOT_PYTHON\n`);
			continue;
		}
		const env = { ...pythonEnvironment(python), CUDA_VISIBLE_DEVICES: "", KERAS_BACKEND: "tensorflow", TF_CPP_MIN_LOG_LEVEL: "3" };
		outcomes.push(await outcomeOf(one, env, following("--keep")));
		if (json) process.stdout.write(`${JSON.stringify({ ...outcomes.at(-1), findings: undefined })}\n`);
		else process.stdout.write(`${scriptsTable(outcomes.slice(-1))}\n\n`);
	}
	process.stderr.write(`${describeMachine()}\n`);
	if (write) writeSections(new URL("../docs/scripts.md", import.meta.url), { scripts: scriptsTable(outcomes) });
}

async function outcomeOf(one: Case, env: NodeJS.ProcessEnv, keep: string | undefined): Promise<Outcome> {
	const place = new Workplace();
	const began = performance.now();
	const { script, manner, own } = one;
	const kept = (text: string): void => {
		if (keep === undefined) return;
		mkdirSync(keep, { recursive: true });
		appendFileSync(join(keep, `${script}.txt`), `${text}\n`);
	};
	const said = async (args: readonly string[]) => {
		kept(`$ sweetspot ${args.join(" ")}`);
		const ended = await place.start(args, undefined, env);
		kept(`${ended.stderr}${ended.stdout}\nexit code ${ended.code}\n`);
		return ended;
	};
	const outcome = (found: string, problem: string | null): Outcome => ({
		...{ script, manner, found, problem, own, study: null, findings: null, fresh: [] },
		seconds: (performance.now() - began) / 1000,
	});
	try {
		for (const file of [script, ...(one.files ?? [])]) {
			mkdirSync(dirname(join(place.folder, file)), { recursive: true });
			place.write(file, readFileSync(new URL(file, one.folder ?? scripts), "utf8"));
		}
		if (one.files?.includes("digits.py")) await python(place, env, "digits.py");
		const begun = await said(["init", ...one.init, "--", "python3", script, ...(one.arguments ?? [])]);
		if (begun.code !== 0) return outcome("nothing", begun.stderr.trim());
		const written = readFileSync(join(place.folder, "study.yaml"), "utf8");
		kept(written);
		const found = foundIn(written);
		await said(["plan", "study.yaml", ...one.tune]);
		const tuned = await said(["tune", "study.yaml", ...one.tune]);
		// 3: a best guess, or none.
		if (tuned.code !== 0 && tuned.code !== 3) return outcome(found, tuned.stderr.trim().split("\n").slice(-4).join("\n"));
		const store = openStore(join(place.folder, ".sweetspot"), { mode: "read" });
		if (!store) throw new Error("internal: tune left no store");
		const { findings, study: stored } = answerFrom(store, store.list()[0]);
		store.close();
		const { study } = stored;
		if (!isCommand(study.workload)) throw new Error(`${script} has no command`);
		const tuning = (performance.now() - began) / 1000;
		process.env = { ...process.env, ...env }; // the judges' scripts are started from here
		const fresh = await judged(
			{ ...study, workload: { ...study.workload, directory: place.folder } },
			settingsOf(findings, own),
			one.fresh ?? usualRuns,
		);
		kept(JSON.stringify(fresh));
		return { script, manner, found, problem: null, own, study, findings, fresh, seconds: tuning };
	} finally {
		place.remove();
	}
}

async function python(place: Workplace, env: NodeJS.ProcessEnv, script: string): Promise<void> {
	const program = "process.exitCode = require('node:child_process').spawnSync('python3', [process.argv[1]], { stdio: 'inherit' }).status";
	const { code, stderr } = await place.node(["-e", program, script], undefined, env);
	if (code !== 0) throw new Error(stderr);
}

/** What is to be judged: the recommended setting, the largest batch that loses nothing, the script's own; none twice. */
function settingsOf({ recommendation, horizon }: Findings, own: Setting): readonly Setting[] {
	const { batchSize, learningRate } = recommendation;
	const chosen = batchSize === null || learningRate === null ? [] : [{ batchSize, learningRate }];
	const largest = horizon?.largest ? [{ batchSize: horizon.largest.batchSize, learningRate: horizon.largest.learningRate }] : [];
	const all = [...chosen, ...largest, own];
	return all.filter(
		(one, i) => all.findIndex((other) => other.batchSize === one.batchSize && other.learningRate === one.learningRate) === i,
	);
}

/** What init found, in the study's own words. */
function foundIn(text: string): string {
	const { goal, workload } = parse(text) as { goal: Study["goal"]; workload: { schedule?: string; metrics?: Record<string, unknown> } };
	const source =
		workload.metrics === undefined
			? "the protocol"
			: "tracker" in workload.metrics
				? "its tracker"
				: "file" in workload.metrics || "tensorboard" in workload.metrics
					? "its file"
					: "what it prints";
	const length = isBestGoal(goal)
		? `, ${workload.schedule}, best end after ${JSON.stringify(goal.horizon).replace(/[{}"]/g, "").replace(":", " ")}`
		: "";
	return `\`${goal.metric}\` in ${source}${length}`;
}
