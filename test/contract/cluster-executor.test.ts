import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { ClusterExecutor } from "../../dist/executors/cluster/executor.js";
import { localPool } from "../../dist/executors/cluster/local-pool.js";
import { SweetspotError } from "../../src/core/errors.js";
import type { TrialSpec } from "../../src/core/trial.js";

const program = fileURLToPath(new URL("../fixtures/cluster/faulty-work.mjs", import.meta.url));
const never = new AbortController().signal;

const trial = (batchSize: number, seedIndex = 0): TrialSpec => ({
	...{ phase: "tuning", batchSize, learningRate: 1, seedIndex, seed: 0, cap: 10, until: "goal", curves: false, probe: false },
});

function opened({ slots = 2, areScripts = false, shortage = () => null as Error | null } = {}) {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-executor-"));
	const session = join(folder, "session.json");
	writeFileSync(session, "{}");
	const system = localPool(join(folder, "pool"), program, process.execPath);
	mkdirSync(join(folder, "pool"));
	const executor = new ClusterExecutor({ system, slots, folder, session, areScripts, shortage, keepLog() {} });
	onTestFinished(async () => {
		await executor.close();
		await system.close();
		rmSync(folder, { recursive: true, force: true });
	});
	return { executor, folder };
}

test("of a round the first trials show how long they take, and the rest is packed into jobs by that, each result to its own trial", async () => {
	const { executor, folder } = opened();
	const warnings: Error[] = [];
	const warned = (warning: Error) => warnings.push(warning);
	process.on("warning", warned);
	const results = await Promise.all(Array.from({ length: 12 }, (_, i) => executor.run(trial(10 + i), never)));
	process.off("warning", warned);
	expect(warnings).toEqual([]); // of too many listeners on one signal
	expect(results).toMatchObject(Array.from({ length: 12 }, (_, i) => ({ outcome: "reached", steps: 10 + i })));
	expect(readFileSync(join(folder, "journal"), "utf8")).toMatch(/^(1[0125-7]\n){4}$/);
	expect(statSync(join(folder, "round-1")).mode & 0o777).toBe(0o700);
});

test("a line that is torn makes its attempt lost; the next one has the result", async () => {
	const { executor } = opened();
	expect(await executor.run(trial(2), never)).toEqual({
		outcome: "lost",
		message: expect.stringMatching(/^on m1: line 3 .* torn or missing$/),
	});
	expect(await executor.run(trial(2), never)).toMatchObject({ outcome: "reached", steps: 2 });
});

test("only what comes clearly further counts as progress, and only of trials that go on where they were", async () => {
	const goingOn = opened({ areScripts: true }).executor;
	expect(await goingOn.run(trial(3), never)).toMatchObject({ outcome: "lost", progress: true });
	expect(await goingOn.run(trial(3), never)).toMatchObject({ outcome: "lost", progress: true });
	const { executor } = opened();
	expect(await executor.run(trial(3), never)).not.toHaveProperty("progress");
});

test("of a job that was started again only the new start counts, though the old one goes on", async () => {
	const { executor } = opened();
	const machines: string[] = [];
	const result = await executor.run(trial(4), never, ({ machine }) => machine && machines.push(machine));
	expect(result).toMatchObject({ outcome: "reached", steps: 4 });
	expect(machines.at(-1)).toBe("m2");
});

test("what a user can fix ends the study with that error, and a full folder is no loss", async () => {
	const { executor } = opened();
	await expect(executor.run(trial(5), never)).rejects.toMatchObject({
		code: "trainer/changed",
		message: expect.stringContaining("on m1: it was edited"),
	});
	const full = opened({ shortage: () => new SweetspotError("store/full", "no room", "free some") });
	await expect(full.executor.run(trial(3), never)).rejects.toMatchObject({ code: "store/full" });
});

test("trials that wait behind a lost one in the same job run without being reported as lost", async () => {
	const { executor } = opened({ slots: 1 });
	await executor.run(trial(1), never);
	const [lost, second, third] = await Promise.all([
		executor.run(trial(3), never),
		executor.run(trial(20), never),
		executor.run(trial(21), never),
	]);
	expect(lost).toMatchObject({ outcome: "lost", message: expect.stringContaining("exit code 1") });
	expect([second, third]).toMatchObject([{ steps: 20 }, { steps: 21 }]);
});

test("a trial that is cancelled is so at once, and its job is gone when the executor is closed", async () => {
	const { executor } = opened();
	const controller = new AbortController();
	const running = executor.run(trial(6), controller.signal);
	await delay(300);
	const asked = performance.now();
	controller.abort();
	expect(await running).toMatchObject({ outcome: "cancelled" });
	expect(performance.now() - asked).toBeLessThan(2000); // the promise is 100 ms; the rest is for a busy machine
	expect(await executor.run(trial(1), never)).toMatchObject({ steps: 1 });
});
