import { writeFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { writeSections } from "../bench/markdown.js";
import { answerFrom } from "../src/api/answer.js";
import { tradeoffChart } from "../src/charts/tradeoff-chart.js";
import { themed } from "../src/report/picture.js";
import { openStore } from "../src/store/open.js";

/**
 * `npx tsx scripts/readme.ts STORE ID`: writes the README's answer and docs/tradeoff.svg from the stored embedded study, so that no figure
 * there is typed by hand.
 */
const [dir, id] = process.argv.slice(2);
const store = openStore(dir, { mode: "read" });
if (!store || !id) throw new Error("usage: npx tsx scripts/readme.ts STORE ID");
const { findings, view } = answerFrom(store, store.find(id));
const { document } = parseHTML("<!doctype html><html></html>");
writeFileSync("docs/tradeoff.svg", themed(tradeoffChart({ document, width: 720 }, findings).outerHTML));
const { answer, support, regime } = view.words;
// Three paragraphs, about ten lines: the answer, what supports it, and the curve behind it.
const paragraphs = [answer.join(" "), support.join(" "), regime].map((paragraph) => `> ${paragraph}`);
writeSections(new URL("../README.md", import.meta.url), { answer: paragraphs.join("\n>\n") });
store.close();
