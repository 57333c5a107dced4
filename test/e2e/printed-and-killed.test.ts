import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { processesWith } from "../fixtures/scripts/processes.js";
import { until } from "../fixtures/until.js";
import { workplaces } from "./workplaces.js";

const script = readFileSync(fileURLToPath(new URL("../fixtures/scripts/prints.py", import.meta.url)), "utf8");
const study = (form: string, mark: string) => `
version: 1
name: prints
workload:
  command: [python3, prints.py, ${form}, "{batchSize}", "{learningRate}", "{seed}", ${mark}]
  examples: 640
  grace: 0.2
  ${form === "events" ? "" : `metrics: { step: 'step (\\d+)', validation.loss: 'loss (\\S+)' }`}
goal: { metric: validation.loss, atMost: 0.3 }
batchSizes: [16]
tune: { learningRate: { from: 1, to: 2 } }
seeds: { tuning: 1, selecting: 1, reporting: 24 }
limits: { steps: 60, epochs: 2 }
`;

const answerOf = (stdout: string) => JSON.parse(stdout) as { readonly study: { readonly id: string }; readonly digest: string };

const workplace = workplaces({ "prints.py": script });

/**
 * Stops the runner for a while, in which its scripts print and save their state with no one to read it, and kills it then; or kills the
 * scripts first. Some moments of many.
 */
test.each(["events", "people"])(
	"what a script printed before a kill -9 counts after it, as its checkpoint counts it: %s",
	{
		timeout: 300_000,
	},
	async (form) => {
		const mark = `prints-${form}-${process.pid}`;
		const made = () => {
			const place = workplace();
			place.write("study.yaml", study(form, mark));
			return place;
		};
		const whole = answerOf((await made().start(["tune", "study.yaml", "--workers", "2", "--json", "--quiet"])).stdout);
		const place = made();
		const args = ["tune", "study.yaml", "--workers", "2", "--quiet", "--json"];
		const killedAt: number[] = [];
		for (const [moment, scriptsToo] of [
			[400, false],
			[200, true],
			[300, false],
			[100, true],
			[350, false],
		] as const) {
			const { kill, ended } = place.begin(args);
			await until(() => processesWith(mark).length > 0);
			await delay(moment);
			const isStopped = kill("SIGSTOP"); // not if all was done already
			await delay(150);
			if (scriptsToo) spawnSync("kill", ["-s", "KILL", ...processesWith(mark).map(String)]); // some may have ended by now
			if (isStopped && kill("SIGKILL")) killedAt.push(moment);
			await ended;
			await until(() => processesWith(mark).length === 0); // what it left is ended by its guard
		}
		expect(killedAt.length).toBeGreaterThan(2);
		expect(answerOf((await place.start(args)).stdout).digest).toBe(whole.digest);
		expect(processesWith(mark)).toEqual([]);
	},
);
