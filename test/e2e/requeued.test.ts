import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { workplaces } from "./workplaces.js";

const site = fileURLToPath(new URL("../fixtures/cluster/requeuing-site.mjs", import.meta.url));

/** Waits until it may go on, then is at its goal. */
const script = `touch begun-$$
while [ ! -e go ]; do sleep 0.05; done
echo '{"sweetspot":1,"step":1,"metrics":{"validation.loss":0.1}}' >> "$SWEETSPOT_EVENTS"
`;
const workplace = workplaces({ "train.sh": script });

test("a job that a system starts again, without saying so, takes over from its earlier start: no trial is lost", async () => {
	const shared = mkdtempSync(join(tmpdir(), "sweetspot-requeued-"));
	onTestFinished(() => rmSync(shared, { recursive: true, force: true }));
	const place = workplace();
	const command = {
		submit: [process.execPath, site, "submit", "{node}", "{program}", "{file}", "{out}"],
		poll: [process.execPath, site, "poll", "{jobs}"],
		cancel: [process.execPath, site, "cancel", "{jobs}"],
	};
	place.write(
		"requeued.yaml",
		`
version: 1
name: requeued
workload: { command: [sh, train.sh, "{batchSize}", "{learningRate}", "{seed}"], examples: 640 }
goal: { metric: validation.loss, atMost: 0.2 }
batchSizes: [16]
tune: { learningRate: { from: 0.25, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 100, epochs: 1 }
cluster: ${JSON.stringify({ folder: shared, command })}
`,
	);
	const ended = place.start(["tune", "requeued.yaml", "--json", "--executor", "command", "--workers", "1"]);
	const begun = () => readdirSync(place.folder).filter((name) => name.startsWith("begun-")).length;
	const until = async (isSo: () => boolean) => {
		const end = performance.now() + 120_000;
		while (!isSo()) {
			if (performance.now() > end) throw new Error(`not within two minutes: ${isSo}`);
			await delay(50);
		}
	};
	try {
		await until(() => begun() === 1);
		const [running = ""] = readdirSync(shared, { recursive: true, encoding: "utf8" }).filter(
			(name) => name.endsWith(".0.events") && isTrials(name),
		);
		const job = readdirSync(join(shared, dirname(running))).find((name) => name.startsWith("job-")) ?? "";
		writeFileSync(join(shared, dirname(running), job, "requeue"), "");
		await until(() => begun() === 2);
	} finally {
		place.write("go", "");
	}
	const { code, stderr } = await ended;
	expect(stderr).not.toMatch(/lost, and run again/);
	expect(code).toBe(0);
});

const isTrials = (name: string): boolean => /round-\d+/.test(name);
