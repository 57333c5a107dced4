import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import { inlineExecutor } from "../executors/inline.js";
import { openMemoryStore } from "../store/memory.js";
import { MemoryContents } from "../store/memory-contents.js";
import { openStore } from "../store/open.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { tradeoffDesign } from "../study/designs.js";
import { studyHash } from "../study/resolve.js";
import { runStudy } from "./run-study.js";

const study = closedFormStudy(64);
const curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };

/** Runs the study in a store, or what is left of it, up to this many trials. */
async function run(store: Store, trials = Number.POSITIVE_INFINITY): Promise<StoredStudy> {
	const { id } = store.findByHash(studyHash(study)) ?? store.create(study, studyHash(study), "1");
	const stop = new AbortController();
	let finished = 0;
	const executor = inlineExecutor({
		async *train(trial) {
			const result = trainClosedForm(study, curve, trial);
			yield { step: result.steps, evaluations: [], result };
		},
	});
	await runStudy({
		stored: store.find(id),
		store,
		design: tradeoffDesign,
		executor,
		seconds: null,
		signal: stop.signal,
		onEvent: ({ kind }) => kind === "finished" && ++finished === trials && stop.abort(),
	});
	await executor.close();
	return store.find(id);
}

test("a study in memory ends with the digest that it has on disk, interrupted or not", async () => {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-in-memory-"));
	const onDisk = openStore(dir, { mode: "write" });
	const { digest, trials } = await run(onDisk);
	onDisk.close();
	rmSync(dir, { recursive: true });
	expect(digest).toMatch(/^[0-9a-f]{64}$/);
	expect(await run(openMemoryStore())).toMatchObject({ digest, trials, state: "complete" });

	const contents = new MemoryContents();
	const first = openMemoryStore(contents);
	expect(await run(first, 7)).toMatchObject({ digest: null, trials: 7, state: "interrupted" });
	first.close();
	expect(await run(openMemoryStore(contents))).toMatchObject({ digest, trials, state: "complete" });
});
