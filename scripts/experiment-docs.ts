/**
 * Writes docs/experiments/ID.md with its charts, and docs/claims.md, from what a store holds: never typed in.
 *
 *     npx tsx scripts/experiment-docs.ts .sweetspot
 *
 * The commands on the pages are those that made the store's runs: with --full where all are at the published size.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { ledgerOf } from "../src/api/experiment-documents.js";
import { canonicalJson } from "../src/core/canonical.js";
import { experiments } from "../src/experiments/catalogue.js";
import { renderClaims } from "../src/report/claims-markdown.js";
import { renderExperimentMarkdown } from "../src/report/experiment-markdown.js";
import { themed } from "../src/report/picture.js";
import { conclusionOf } from "../src/runner/run-experiment.js";
import { openStore } from "../src/store/open.js";

const [folder = ".sweetspot"] = process.argv.slice(2);
const store = openStore(folder, { mode: "read" });
if (!store) throw new Error(`there is no store at ${folder}: run \`sweetspot claims --run\` first`);
mkdirSync("docs/experiments", { recursive: true });
const complete = store.experiments.list().filter(({ state }) => state === "complete");
const isFull = complete.every(({ experiment: id, settings }) => {
	const full = experiments.find((one) => one.id === id)?.settings({ size: "full", seed: 0, data: null });
	return full !== undefined && canonicalJson(settings) === canonicalJson(full);
});
const size = isFull ? " --full" : "";
for (const experiment of experiments) {
	const run = complete.find((one) => one.experiment === experiment.id);
	if (!run) continue;
	const conclusion = conclusionOf(experiment, run, store.experiments);
	for (const { id, draw } of conclusion.charts) {
		const { document } = parseHTML("<!doctype html><html></html>");
		const svg = draw({ document, width: 720 });
		writeFileSync(`docs/experiments/${experiment.id}-${id}.svg`, themed(svg.outerHTML));
	}
	const command = `sweetspot experiment run ${experiment.id}${size}`;
	const page = renderExperimentMarkdown({ experiment, run, conclusion, command }, (id) => `${experiment.id}-${id}.svg`);
	writeFileSync(`docs/experiments/${experiment.id}.md`, page);
}
writeFileSync("docs/claims.md", renderClaims(ledgerOf(store.experiments), `sweetspot claims --run${size}`));
store.close();
