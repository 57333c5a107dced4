import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

const script = readFileSync(fileURLToPath(new URL("../fixtures/scripts/seldom.py", import.meta.url)), "utf8");
const workplace = workplaces();

const study = (mode: string) => `
version: 1
workload:
  command: [python3, seldom.py, ${mode}, "{batchSize}", "{learningRate}", "{seed}", 2000]
  examples: 2000
goal: { metric: validation.loss, atMost: 0.06 }
batchSizes: [8, 32]
tune: { learningRate: { from: 0.01, to: 2 } }
seeds: { tuning: 3, selecting: 3, reporting: 3 }
limits: { epochs: 20, steps: 1 }
`;

interface Document {
	readonly study: { readonly id: string };
	readonly tradeoff: readonly { readonly learningRate: number }[];
}

test("a script that reports once an epoch gets the rates that it gets when it reports after every step, to an octave", async () => {
	const place = workplace();
	place.write("seldom.py", script);
	const tuned = async (mode: string) => {
		place.write("study.yaml", study(mode));
		const { stdout } = await place.start(["tune", "study.yaml", "--json"]);
		return JSON.parse(stdout) as Document;
	};
	const [dense, seldom] = [await tuned("dense"), await tuned("epoch")];
	for (const [i, { learningRate }] of dense.tradeoff.entries())
		expect(Math.abs(Math.log2(seldom.tradeoff[i].learningRate / learningRate))).toBeLessThanOrEqual(1);
	const shown = async ({ study: { id } }: Document) => {
		await place.start(["report", id, "--format", "md", "--out", `${id}.md`]);
		return readFileSync(join(place.folder, `${id}.md`), "utf8");
	};
	expect(await shown(seldom)).toContain("Rates were compared by where the metric crossed the goal between two reports, interpolated");
	expect(await shown(dense)).not.toContain("interpolated");
}, 120_000);
