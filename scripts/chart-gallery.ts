/** Writes docs/charts.md and its pictures: every chart in its usual and in its awkward states. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { chartFiles } from "../test/fixtures/chart-files.js";

const docs = new URL("../docs/", import.meta.url);
rmSync(new URL("charts/", docs), { recursive: true, force: true });
mkdirSync(new URL("charts/", docs));
for (const [path, content] of chartFiles()) writeFileSync(new URL(path, docs), content);
