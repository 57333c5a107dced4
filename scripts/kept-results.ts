/**
 * The runs on all of Fashion-MNIST take hours. What their tasks gave is kept in bench/ledger, finished or not, so that pages and ledger can
 * be made again without them, and another machine can go on with them.
 *
 *     npx tsx scripts/kept-results.ts keep .sweetspot
 *     npx tsx scripts/kept-results.ts restore .sweetspot
 *
 * A finished run is restored only where its digest comes out as it was.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { version } from "../src/api/version.js";
import type { Json } from "../src/core/canonical.js";
import { internal } from "../src/core/errors.js";
import type { TaskPool } from "../src/executors/task-pool.js";
import { articleAsked, atArticleSize } from "../src/experiments/article-size.js";
import { experimentHash, runExperiment } from "../src/runner/run-experiment.js";
import { openStore } from "../src/store/open.js";
import type { ExperimentRuns } from "../src/study/experiment-runs.js";

const [action, folder = ".sweetspot"] = process.argv.slice(2);
const kept = fileURLToPath(new URL("../bench/ledger/", import.meta.url));

const fileSchema = z.object({
	hash: z.string(),
	digest: z.string().nullable(),
	seconds: z.number(),
	/** By the place of their task. */
	results: z.array(z.tuple([z.number(), z.json()])),
});

/** Nothing of a restored run is left to do. */
const nobody: TaskPool = {
	slots: 0,
	run: () => Promise.reject(internal("every task has its result")),
	close: () => Promise.resolve(),
};

const store = action === "restore" ? openStore(folder, { mode: "write" }) : openStore(folder, { mode: "read" });
if (!store || (action !== "keep" && action !== "restore")) {
	throw new Error("say `keep` or `restore`, and the folder of a store");
}
if (action === "keep") keep(store.experiments);
else await restore(store.experiments);
store.close();

/** What is kept of an experiment; null where nothing is. */
function keptOf(id: string): z.infer<typeof fileSchema> | null {
	const file = `${kept}${id}.json.gz`;
	return existsSync(file) ? fileSchema.parse(JSON.parse(gunzipSync(readFileSync(file)).toString())) : null;
}

function keep(runs: ExperimentRuns): void {
	mkdirSync(kept, { recursive: true });
	for (const { experiment } of atArticleSize) {
		const settings = experiment.settings(articleAsked(0));
		const run = runs.find(experimentHash(experiment.id, settings, version));
		if (!run) continue;
		const { hash, digest, seconds } = run;
		const results = [...runs.results(run.key)].sort(([a], [b]) => a - b);
		const before = keptOf(experiment.id);
		if (before?.hash === hash && before.results.length > results.length) {
			console.log(`${experiment.id}: the store has ${results.length} results, bench/ledger ${before.results.length}: left as it is`);
			continue;
		}
		const text = JSON.stringify({ hash, digest, seconds, results });
		writeFileSync(`${kept}${experiment.id}.json.gz`, gzipSync(text, { level: 9 }));
		console.log(`${experiment.id}: ${results.length} of ${experiment.tasks(settings).length} tasks`);
	}
}

async function restore(runs: ExperimentRuns): Promise<void> {
	for (const { experiment } of atArticleSize) {
		const file = keptOf(experiment.id);
		if (!file) continue;
		const settings: Json = experiment.settings(articleAsked(0));
		const hash = experimentHash(experiment.id, settings, version);
		if (file.hash !== hash) throw new Error(`${experiment.id}: kept by another version, or with other settings`);
		const run = runs.find(hash) ?? runs.create({ experiment: experiment.id, settings, hash, version });
		const stored = runs.results(run.key);
		const missing = file.results.filter(([place]) => !stored.has(place));
		for (const [i, [place, result]] of missing.entries()) runs.keep(run.key, place, result, i === 0 ? file.seconds : 0);
		if (file.digest !== null) {
			await runExperiment(experiment, run, runs, nobody, new AbortController().signal, () => {});
			const digest = runs.find(hash)?.digest;
			if (digest !== file.digest) throw new Error(`${experiment.id}: the digest is ${digest}, and was ${file.digest}`);
		} else if (run.state !== "complete") runs.setState(run.key, "interrupted", null);
		console.log(`${experiment.id}: ${missing.length} results restored`);
	}
}
