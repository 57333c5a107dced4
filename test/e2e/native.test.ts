import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadBlas } from "../../src/native/blas.js";
import { openStore } from "../../src/store/open.js";
import { Workplace } from "./sweetspot.js";

/** Large enough for products to go to the library at a batch size of 64. */
const study = `
version: 1
name: native
workload:
  data: { blobs: { examples: 300, classes: 3, features: 64, spread: 4 } }
  model: [{ dense: 64 }, relu, { dense: 3 }]
goal: { metric: validation.accuracy, atLeast: 0.9 }
batchSizes: [64]
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { epochs: 5, steps: 50 }
`;

const blas = await loadBlas({}).catch(() => null);

const place = new Workplace();
place.write("native.yaml", study);
afterAll(() => place.remove());

const tune = (...flags: readonly string[]) => place.start(["tune", "native.yaml", "--json", "--workers", "2", ...flags]);

describe.skipIf(!blas)("tune --backend blas (needs libopenblas0-pthread)", () => {
	let answer: { readonly study: { readonly id: string }; readonly backend: string; readonly reproducible: boolean };
	beforeAll(async () => {
		answer = JSON.parse((await tune("--backend", "blas")).stdout);
	});

	test("says that it is not reproducible, and records the library with every trial", async () => {
		expect(answer).toMatchObject({ backend: "blas", reproducible: false });
		const store = openStore(`${place.folder}/.sweetspot`, { mode: "write" });
		const trials = store.trials(answer.study.id);
		expect(trials.length).toBeGreaterThan(3);
		for (const { result } of trials) expect(result).toMatchObject({ backend: blas?.name });
		expect(store.calibration(answer.study.id)?.machine).toContain(blas?.name);
		store.close();
		const { stdout } = await place.start(["report", answer.study.id, "--format", "md", "--out", "report.md"]);
		expect(stdout).toBe("report.md\n");
	});

	test("is another study than the same on our own kernels, each answered from the store", async () => {
		const own = JSON.parse((await tune()).stdout);
		expect(own).toMatchObject({ backend: "wasm", reproducible: true });
		expect(own.study.id).not.toBe(answer.study.id);
		expect(own.study.hash).toBe((answer as unknown as typeof own).study.hash);
		const again = await tune("--backend", "blas");
		expect(again.stderr).toContain(`Answered from the store, where the same study is complete (${answer.study.id})`);
	});

	test("a study keeps to its backend", async () => {
		const { code, stderr } = await place.start(["resume", answer.study.id, "--backend", "wasm"]);
		expect(code).toBe(2);
		expect(stderr).toContain(`--backend is "wasm", but ${answer.study.id} began with blas`);
	});

	test("doctor names the library", async () => {
		const { checks } = JSON.parse((await place.start(["doctor", "--json"])).stdout) as { checks: { name: string; found: string }[] };
		expect(checks.find(({ name }) => name === "BLAS")?.found).toContain(blas?.name);
	});
});

test("where there is no library, --backend blas says how to get one, before there is a study", async () => {
	const { code, stderr } = await place.start(["tune", "native.yaml", "--backend", "blas", "--store", "other"], undefined, {
		SWEETSPOT_BLAS: "/nowhere/libopenblas.so",
	});
	expect(code).toBe(2);
	expect(stderr).toContain("no library for this backend: SWEETSPOT_BLAS is /nowhere/libopenblas.so");
	expect(stderr).toMatch(/fix: .*SWEETSPOT_BLAS/);
	const { stdout } = await place.start(["studies", "--json", "--store", "other"]);
	expect(JSON.parse(stdout).studies).toEqual([]);
});
