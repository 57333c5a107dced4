/**
 * Writes docs/experiments/ID.md with its charts, and docs/claims.md, from what a store holds: never typed in.
 *
 *     npx tsx scripts/experiment-docs.ts .sweetspot
 *
 * The commands on the pages are those that made the store's runs: with --full where all that count are at the published size. The runs on
 * all of Fashion-MNIST have pages of their own.
 */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { campaignOf } from "../src/api/campaign.js";
import { planCampaign } from "../src/api/campaign-plan.js";
import { foremost, isAtArticleSize, isFullSize, ledgerOf } from "../src/api/experiment-documents.js";
import { canonicalJson } from "../src/core/canonical.js";
import { fashionMnist } from "../src/data/sources/fashion-mnist.js";
import { articleAsked } from "../src/experiments/article-size.js";
import { experiments } from "../src/experiments/catalogue.js";
import { conditions } from "../src/experiments/conditions/conditions.js";
import type { Experiment } from "../src/experiments/experiment.js";
import type { subjectNames } from "../src/experiments/lab/subjects.js";
import { renderClaims } from "../src/report/claims-markdown.js";
import { renderExperimentMarkdown } from "../src/report/experiment-markdown.js";
import { themed } from "../src/report/picture.js";
import { conclusionOf } from "../src/runner/run-experiment.js";
import { openStore } from "../src/store/open.js";
import type { ExperimentRun } from "../src/study/experiment-runs.js";
import { vectorsOrNull } from "../src/trainers/node.js";
import { readBytes } from "../src/trainers/read-bytes.js";

const [folder = ".sweetspot"] = process.argv.slice(2);
const store = openedStore();
mkdirSync("docs/experiments", { recursive: true });
const complete = store.experiments.list().filter(({ state }) => state === "complete");
for (const experiment of experiments) for (const run of pagesOf(experiment)) writePage(experiment, run);
const ledger = ledgerOf(store.experiments);
const isFull = ledger.every(({ size }) => size === "full");
const campaign = campaignOf(isFull ? "full" : "quick", 0, await fashionMnist.isThere(readBytes));
const plan = await planCampaign(campaign, store.experiments, 1, { read: readBytes, native: await vectorsOrNull() });
const unfinished = plan.filter(({ basis }) => basis !== "stored");
writeFileSync("docs/claims.md", renderClaims(ledger, `sweetspot claims --run${isFull ? " --full" : ""}`, unfinished));
store.close();

/** The run of an experiment that the ledger counts; of `conditions`, whose data sets count together, the newest on each. */
function pagesOf(experiment: Experiment): readonly ExperimentRun[] {
	const { id } = experiment;
	const own = complete.filter((run) => run.experiment === id);
	if (id !== conditions.id) {
		const onArticleData = own.filter((run) => isAtArticleSize(experiment, run)).slice(0, 1);
		return [
			...foremost(
				experiment,
				own.filter((run) => !isAtArticleSize(experiment, run)),
			),
			...onArticleData,
		];
	}
	return own.filter((run, i) => own.findIndex((other) => dataOf(other) === dataOf(run)) === i);
}

/** The data of a run that aren't its experiment's own. */
function dataOf({ experiment: id, settings }: ExperimentRun): string | null {
	const experiment = experiments.find((one) => one.id === id);
	const isOf = (data: (typeof subjectNames)[number]) =>
		(["full", "quick"] as const).some(
			(size) => canonicalJson(experiment?.settings({ size, seed: 0, data }) ?? null) === canonicalJson(settings),
		);
	return experiment?.data.slice(1).find(isOf) ?? null;
}

/** A quick run's page is written where there is no page at the published size yet. */
function writePage(experiment: Experiment, run: ExperimentRun): void {
	const isArticle = isAtArticleSize(experiment, run);
	const data = isArticle ? "fashion-mnist" : experiment.id === conditions.id ? dataOf(run) : null;
	const name = data === null ? experiment.id : `${experiment.id}-${data}`;
	const file = `docs/experiments/${name}.md`;
	const full = isFullSize(experiment, run);
	if (!full && existsSync(file)) return;
	const conclusion = conclusionOf(experiment, run, store.experiments);
	for (const { id, draw } of conclusion.charts) {
		const { document } = parseHTML("<!doctype html><html></html>");
		writeFileSync(`docs/experiments/${name}-${id}.svg`, themed(draw({ document, width: 720 }).outerHTML));
	}
	const command = `sweetspot experiment run ${experiment.id}${full ? " --full" : ""}${data === null ? "" : ` --data ${data}`}${isArticle ? ` --seed ${articleAsked(0).seed}` : ""}`;
	writeFileSync(
		file,
		renderExperimentMarkdown({ experiment, run, conclusion, command }, (id) => `${name}-${id}.svg`),
	);
}

function openedStore() {
	const opened = openStore(folder, { mode: "read" });
	if (!opened) throw new Error(`there is no store at ${folder}: run \`sweetspot claims --run\` first`);
	return opened;
}
