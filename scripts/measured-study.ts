import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { writeSections } from "../bench/markdown.js";
import { answerFrom } from "../src/api/answer.js";
import { table, tableOf } from "../src/report/markdown-parts.js";
import { openStore } from "../src/store/open.js";
import { adviceText } from "../src/words/advice.js";
import { formatCount, formatInterval, formatRate, formatSeconds } from "../src/words/numbers.js";
import { objectivesMeaning } from "../src/words/sizes.js";

/**
 * `npx tsx scripts/measured-study.ts STORE ID DOCUMENT`: puts the results of a stored study between the comments of a document, such as
 * docs/fashion-mnist.md: every figure there is the store's.
 */
const [dir, id, file] = process.argv.slice(2);
const store = openStore(dir, { mode: "read" });
if (!store || !file) throw new Error("usage: npx tsx scripts/measured-study.ts STORE ID DOCUMENT");
const { study: stored, findings, trials, view } = answerFrom(store, store.find(id));
const { words } = view;

const noise = table(
	["batch size", "learning rate", "noise scale, mean over the run", "at its start", "at its end"],
	findings.noiseScales.map(({ batchSize, learningRate, mean, local }) => [
		formatCount(batchSize),
		formatRate(learningRate),
		formatInterval(mean),
		...[local[0], local[local.length - 1]].map(({ noiseScale }) => formatInterval(noiseScale)),
	]),
);
const seconds = trials.reduce((sum, { result }) => sum + result.seconds, 0);
const { cost } = findings;
const sections = {
	answer: [words.answer.join(" "), ...words.support, ...words.advice.map(adviceText)].join("\n\n"),
	objectives: words.objectives === null ? "" : `${tableOf(words.objectives)}\n\n${objectivesMeaning}`,
	curve: words.fit ?? "",
	sizes: tableOf(words.sizes),
	noise,
	cost:
		`${formatCount(cost.trials)} trials, ${formatCount(cost.examples)} examples; trials took ${formatSeconds(seconds)} altogether. Digest ` +
		`\`${stored.digest ?? "none yet"}\`. Timed on ${store.calibration(stored.id)?.machine ?? "nothing yet"}.`,
};
writeSections(pathToFileURL(resolve(file)), sections);
store.close();
