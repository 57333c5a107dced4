import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { campaignOf } from "../../src/api/campaign.js";
import { ledgerOf } from "../../src/api/experiment-documents.js";
import { asJson, type Json } from "../../src/core/canonical.js";
import { articleAsked, atArticleSize } from "../../src/experiments/article-size.js";
import type { Experiment } from "../../src/experiments/experiment.js";
import { gradientNorm } from "../../src/experiments/gradient-norm/gradient-norm.js";
import type { Settings } from "../../src/experiments/gradient-norm/settings.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/study/contracts.js";
import { asked as conditions, made as madeConditions } from "./made/conditions.js";
import * as norms from "./made/gradient-norm.js";
import { peaked } from "./made/regularization.js";

test("the campaign ends with the article's figures on all of Fashion-MNIST, at the published size and where it is installed", () => {
	const named = campaignOf("full", 0, true).map(({ experiment, asked }) => [experiment.id, asked.data, asked.seed]);
	expect(named.slice(-4)).toEqual([
		["gradient-norm", "fashion-mnist", 2],
		["distance", "fashion-mnist", 2],
		["learning-rate", "fashion-mnist", 2],
		["generalization", "fashion-mnist", 2],
	]);
	const onImages = (size: "full" | "quick", hasImages: boolean) =>
		campaignOf(size, 0, hasImages).filter(({ asked }) => asked.data === "fashion-mnist");
	expect(onImages("full", false)).toEqual([]);
	expect(onImages("quick", true)).toEqual([]);
});

test("the settings are the article's: 64 and 1,024, 1,000 batches, after 2 and 30 epochs, at rate 0.01", () => {
	const [norm, distance, rate, generalization] = atArticleSize.map(({ experiment }) => experiment.settings(articleAsked(0)));
	expect(norm).toMatchObject({ epochs: [2, 30], batches: 1000, batchSizes: [1, 4, 16, 64, 256, 1024, 48_000] });
	expect(distance).toMatchObject({ epochs: 30, batchSizes: [16, 64, 256, 1024, 48_000] });
	expect(rate).toMatchObject({ epochs: 30, restore: { reference: 64, batchSize: 1024, rates: [0.01, 0.1], factor: 10 } });
	expect(generalization).toMatchObject({ epochs: 30, reference: 64, untunedRate: 0.01, study: { batchSizes: [1, 8, 64, 256, 1024] } });
});

describe("the ledger", () => {
	let store: Store;
	beforeEach(() => {
		const folder = mkdtempSync(join(tmpdir(), "sweetspot-article-"));
		store = openStore(folder, { mode: "write" });
		return () => {
			store.close();
			rmSync(folder, { recursive: true });
		};
	});
	const keep = (experiment: Experiment, settings: Json, results: readonly Json[]) => {
		const run = store.experiments.create({ experiment: experiment.id, settings, version: "1", hash: `${experiment.id} ${results.length}` });
		for (const [place, result] of results.entries()) store.experiments.keep(run.key, place, result, 1);
		store.experiments.setState(run.key, "complete", "d");
	};
	const entry = (id: string) => ledgerOf(store.experiments).find((one) => one.id === id);
	const settings = gradientNorm.settings(articleAsked(0)) as Json & Settings;
	const onAll = norms.made(100, 1e-6, settings);

	test("holds them in addition to the cells of conditions", () => {
		keep(conditions.experiment, asJson(conditions.settings), madeConditions([peaked, peaked]).map(asJson));
		const before = entry("C31")?.cells ?? [];
		keep(gradientNorm, settings, onAll.map(asJson));
		const { cells = [], freshSeeds } = entry("C31") ?? {};
		expect(cells).toHaveLength(before.length + 1);
		expect(cells.at(-1)).toMatchObject({
			when: { data: "all of Fashion-MNIST", optimizer: "plain SGD", rate: "customary rate" },
			verdict: "refuted",
		});
		expect(freshSeeds).toBe(true);
	});

	test("doesn't take them for the experiment's own data", () => {
		keep(norms.asked.experiment, asJson(norms.asked.settings), norms.made(100, 1e-6).map(asJson));
		keep(gradientNorm, settings, onAll.map(asJson));
		// C33 isn't judged on them; the other claims are, on seeds that no margin had seen.
		expect(entry("C33")?.holdsOn).toContain("digits");
		expect(entry("C33")?.holdsOn).not.toContain("Fashion-MNIST");
		expect(entry("C31")?.holdsOn).toContain("all of Fashion-MNIST");
		expect(entry("C31")?.cells).toHaveLength(1);
	});
});
