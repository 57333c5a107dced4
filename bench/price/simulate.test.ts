import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shape } from "../../src/study/ladder/shape.js";
import { createTrainer } from "../../src/trainers/node.js";
import { resultOf, trialSpec } from "../../test/fixtures/oracle-study.js";
import { constructed } from "./constructed.js";
import { recordsIn } from "./records.js";
import { remembering } from "./remembered.js";
import { simulated, simulatedTable } from "./simulate.js";
import { answerOf, resolved } from "./subject.js";
import { present, variantOf, withNumbers } from "./variants.js";
import { spent } from "./workloads.js";

const [bowl] = constructed;

describe("a run that is remembered", () => {
	test("is read again as it would have been trained, whatever was asked for before", async () => {
		const iris = spent.find(({ name }) => name === "iris");
		const study = await resolved(iris?.study);
		const trainer = await createTrainer(study, "auto");
		const remembered = remembering((spec) => resultOf(trainer, spec));
		for (const cap of [37, 5, 600, 41, 2000, 700]) {
			const spec = trialSpec({ phase: "ladder", batchSize: 8, learningRate: 0.03125, seed: 1, cap });
			const { seconds: _, ...read } = await remembered(spec);
			const { seconds: __, ...trained } = await resultOf(trainer, spec);
			expect(read).toEqual(trained);
		}
	});

	test("changes no answer", async () => {
		const change = { seed: 3, budget: { trials: null, seconds: null, trainings: 5 } };
		expect(await answerOf({ ...bowl, train: remembering(bowl.train) }, change)).toEqual(await answerOf(bowl, change));
	});
});

test("what settings cost is kept for the next call, for that workload alone", () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-records-"));
	const workload = { name: "one, SGD", study: { seed: 1 }, flat: 16 };
	const records = recordsIn(folder, workload);
	records.set("8/-4", 120);
	records.set("8/4", Number.POSITIVE_INFINITY);
	const again = recordsIn(folder, workload);
	expect([again.get("8/-4"), again.get("8/4"), again.get("16/4")]).toEqual([120, Number.POSITIVE_INFINITY, undefined]);
	expect(recordsIn(folder, { ...workload, flat: 32 }).get("8/-4")).toBeUndefined();
	rmSync(folder, { recursive: true });
});

describe("other numbers of the ladder", () => {
	test("hold for as long as something runs, even where it fails", async () => {
		const { openAt, rivals } = structuredClone(shape);
		const seen = await withNumbers(variantOf("openAt=20,rivals.most=4"), async () => [shape.openAt, shape.rivals.most]);
		expect(seen).toEqual([20, 4]);
		await expect(withNumbers(variantOf("openAt=20"), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
		expect([shape.openAt, shape.rivals]).toEqual([openAt, rivals]);
	});

	test("are named, and are numbers", () => {
		for (const text of ["openAt", "openAt=", "openAt=soon", "nothing=3", "rivals=3", "few.bend.nothing=1"])
			expect(() => variantOf(text)).toThrow(/--with/);
		expect(variantOf("few.bend.rate=0.3").changes).toEqual([{ name: "few.bend.rate", value: 0.3 }]);
	});

	test("are judged on the same studies as the present ones, which are those of the ladder itself", async () => {
		const names: string[] = [];
		const all = await simulated([bowl], [variantOf("finishAt=2")], { studies: 2, trainings: 5 }, (name) => names.push(name));
		expect(names).toEqual([bowl.name]);
		const budget = { trials: null, seconds: null, trainings: 5 };
		expect(all[0].variant).toBe(present);
		expect(all[0].outcomes).toEqual([await answerOf(bowl, { seed: 9000, budget }), await answerOf(bowl, { seed: 9001, budget })]);
		expect(all[1].outcomes).not.toEqual(all[0].outcomes);
		expect(simulatedTable(all)).toMatch(/\| finishAt=2 +\| +2 of 2 \| +\+0 \| +−0 \|/);
	});
});
