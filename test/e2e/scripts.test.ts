import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { type Ended, Workplace } from "./sweetspot.js";

const fixtures = fileURLToPath(new URL("../fixtures/scripts", import.meta.url));

const places: Workplace[] = [];
const workplace = (): Workplace => {
	const place = new Workplace();
	places.push(place);
	return place;
};
afterAll(() => {
	for (const place of places) place.remove();
});

const study = (form: string, more = "", examples = 640) => `
version: 1
name: walk
workload:
  command: [python3, walk.py, ${form}, "{batchSize}", "{learningRate}", "{seed}"]
  examples: ${examples}
  ${more}
goal: { metric: validation.loss, atMost: 0.3 }
batchSizes: [4, 32]
tune: { learningRate: { from: 0.03, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 400, epochs: 1 }
`;

const documentOf = ({ stdout }: Ended) =>
	JSON.parse(stdout) as {
		readonly study: { readonly id: string };
		readonly digest: string;
		readonly reproducible: boolean;
		readonly tradeoff: readonly { readonly batchSize: number; readonly outcome: string; readonly secondsPerStep: number }[];
	};

describe("a script is tuned, whichever way it tells its metrics", () => {
	const withWalk = (text: string): Workplace => {
		const place = workplace();
		place.write("study.yaml", text);
		place.write("walk.py", readFileSync(join(fixtures, "walk.py"), "utf8"));
		return place;
	};

	test("events in the file and on standard output give the same answer, whatever the workers; nothing is left but the logs", async () => {
		const place = withWalk(study("file"));
		const first = await place.start(["tune", "study.yaml", "--json"]);
		expect([0, 3]).toContain(first.code); // two reporting runs may leave it undecided
		const answer = documentOf(first);
		expect(answer.reproducible).toBe(false);
		expect(answer.tradeoff.map(({ batchSize, outcome }) => [batchSize, outcome])).toEqual([
			[4, "reached"],
			[32, "reached"],
		]);
		for (const { secondsPerStep } of answer.tradeoff) expect(secondsPerStep).toBeGreaterThan(0);
		expect(existsSync(join(place.folder, ".sweetspot/running", answer.study.id))).toBe(false);

		const other = documentOf(await withWalk(study("stdout")).start(["tune", "study.yaml", "--json", "--workers", "3"]));
		expect(other.digest).toBe(answer.digest);
	});

	test("patterns find the figures in what it prints for people: epochs from how many examples there are, percentages by their scale", async () => {
		const metrics = `metrics: { validation.loss: { pattern: "loss so far ([0-9.]+) %", scale: 0.01 }, epoch: "Epoch ([0-9]+)/" }`;
		const place = withWalk(study("people", metrics));
		const ended = await place.start(["tune", "study.yaml", "--json"]);
		const { tradeoff, study: stored } = documentOf(ended);
		expect(tradeoff.map(({ outcome }) => outcome)).toEqual(["reached", "reached"]);
		// An epoch of 640 examples is 160 steps at batch size 4, and 20 at batch size 32: looks lie at its end.
		const [titles, ...lines] = (await place.start(["export", stored.id])).stdout.split("\r\n").map((line) => line.split(","));
		const column = (name: string) => titles.indexOf(name);
		for (const [batchSize, steps] of [
			[4, 160],
			[32, 20],
		] as const) {
			const looks = lines.filter((line) => line[column("batch_size")] === String(batchSize) && line[column("validation.loss")]);
			expect(looks.length).toBeGreaterThan(0);
			for (const look of looks) expect(Number(look[column("step")]) % steps).toBe(0);
			for (const look of looks) expect(Number(look[column("examples")]) % 640).toBe(0);
		}
		const logs = join(place.folder, ".sweetspot/logs", stored.id);
		expect(readFileSync(join(logs, readdirSync(logs)[0]), "utf8")).toMatch(/^Epoch 1\/100: loss so far [0-9.]+ %\n/);
		await place.start(["remove", stored.id, "--yes"]);
		expect(existsSync(logs)).toBe(false);
	});
});
