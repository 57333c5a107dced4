import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { StudyView } from "../../src/words/view.js";
import { type Ended, smallStudy, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface Answer {
	readonly schemaVersion: number;
	readonly study: { readonly id: string; readonly name: string; readonly hash: string };
	readonly digest: string | null;
	readonly reproducible: boolean;
	readonly cost: { readonly trials: number; readonly examples: number; readonly clairvoyant: number };
	readonly tradeoff: readonly {
		readonly batchSize: number;
		readonly learningRate: number | null;
		readonly outcome: string;
		readonly steps: { readonly median: number | null; readonly low: number | null; readonly high: number | null };
		readonly examples: { readonly median: number | null };
		readonly secondsPerStep: number | null;
	}[];
	readonly fit: { readonly criticalBatchSize: { readonly estimate: number | null } };
	readonly recommendation: {
		readonly objective: string;
		readonly verdict: string;
		readonly batchSize: number | null;
		readonly indistinguishable: readonly number[];
	};
}

const answerOf = ({ stdout }: Ended): Answer => JSON.parse(stdout) as Answer;

const workplace = workplaces({ "small.yaml": smallStudy });

describe("tune", () => {
	let place: Workplace;
	let first: Ended;
	let answer: Answer;
	beforeAll(async () => {
		place = workplace();
		first = await place.start(["tune", "small.yaml", "--json", "--workers", "1"]);
		answer = answerOf(first);
	});

	test("prints one document: what every batch size takes, with intervals, and a recommendation among the sizes tried", () => {
		expect(answer.schemaVersion).toBe(1);
		expect(answer.tradeoff.map(({ batchSize }) => batchSize)).toEqual([1, 8, 64, 180]);
		for (const { steps, examples, batchSize, learningRate, outcome } of answer.tradeoff) {
			expect(outcome).toBe("reached");
			expect(learningRate).toBeGreaterThan(0);
			expect(steps.low).toBeLessThanOrEqual(steps.median ?? Number.NaN);
			expect(steps.median).toBeLessThanOrEqual(steps.high ?? Number.POSITIVE_INFINITY);
			// 180 is no multiple of 64, so that some steps use fewer than 64 examples.
			expect(examples.median).toBeLessThanOrEqual((steps.median ?? 0) * batchSize);
			expect(examples.median).toBeGreaterThan(0.9 * (steps.median ?? 0) * batchSize);
		}
		const { recommendation } = answer;
		expect(["found", "undecided"]).toContain(recommendation.verdict);
		expect(recommendation.indistinguishable).toContain(recommendation.batchSize);
		expect(first.code).toBe(recommendation.verdict === "found" ? 0 : 3);
	});

	test("reports its progress on standard error only, a line for each trial where no one is at the terminal", () => {
		expect(first.stderr.split("\n").filter((line) => line.includes("reporting")).length).toBeGreaterThanOrEqual(12);
		expect(first.stderr).not.toContain("\u001b");
	});

	test("writes a report that needs nothing else", () => {
		const report = join(place.folder, ".sweetspot", "reports", `${answer.study.id}.html`);
		expect(existsSync(report)).toBe(true);
		expect(readFileSync(report, "utf8")).toContain("<svg");
	});

	test("writes all that the report shows as one document, with the same figures and sentences", async () => {
		const written = await place.start(["report", answer.study.id, "--format", "json", "--out", "view.json"]);
		const view = JSON.parse(readFileSync(join(place.folder, written.stdout.trim()), "utf8")) as StudyView;
		expect(view.schemaVersion).toBe(1);
		expect(view.stored).toMatchObject({ id: answer.study.id, hash: answer.study.hash, digest: answer.digest, state: "complete" });
		expect(view.findings.tradeoff.map(({ batchSize, steps }) => ({ batchSize, steps }))).toEqual(
			answer.tradeoff.map(({ batchSize, steps }) => ({ batchSize, steps })),
		);
		expect(view.progress).toMatchObject({ done: answer.cost.trials, expected: answer.cost.trials });
		expect(view.next).toEqual([]);
		expect(view.curves.length).toBeGreaterThan(0);
		const shown = (await place.start(["show", answer.study.id])).stdout.replace(/\s+/g, " ");
		for (const sentence of [...view.words.answer, ...view.words.support]) expect(shown).toContain(sentence);
	});

	test("answers from the store what it has answered before, and runs it again with --fresh", async () => {
		const again = await place.start(["tune", "small.yaml", "--json"]);
		expect(again.stderr).toContain("Answered from the store");
		expect(again.stdout).toBe(first.stdout);
		const fresh = answerOf(await place.start(["tune", "small.yaml", "--json", "--fresh"]));
		expect(fresh.study.id).not.toBe(answer.study.id);
		expect(fresh.digest).toBe(answer.digest);
		const listed = await place.start(["studies", "--json"]);
		expect((JSON.parse(listed.stdout) as { studies: { id: string }[] }).studies.map(({ id }) => id)).toEqual([
			fresh.study.id,
			answer.study.id,
		]);
		const removed = await place.start(["remove", fresh.study.id, "--yes"]);
		expect(removed.stderr).toContain(`Removed ${fresh.study.id}`);
		expect((await place.start(["show", fresh.study.id])).code).toBe(2);
		expect(readdirSync(join(place.folder, ".sweetspot", "reports"))).toEqual([`${answer.study.id}.html`]);
	});

	test("another objective is answered from the same trials", async () => {
		const cheapest = await place.start(["tune", "small.yaml", "--objective", "cheapest"], undefined, {
			SWEETSPOT_JSON: "1",
			SWEETSPOT_QUIET: "1",
		});
		expect(cheapest.stderr).toContain(`Going on with ${answer.study.id}`);
		const document = JSON.parse(cheapest.stdout) as Answer;
		expect([document.study.id, document.digest, document.recommendation.objective]).toEqual([answer.study.id, answer.digest, "cheapest"]);
		expect(document.cost).toEqual(answer.cost);
		const shown = await place.start(["show", answer.study.id, "--json"]);
		expect((JSON.parse(shown.stdout) as Answer).recommendation.objective).toBe("cheapest");
	});

	test("gives the same digest with two workers, and in this very thread", async () => {
		for (const flags of [
			["--workers", "2"],
			["--executor", "inline"],
		]) {
			expect(answerOf(await workplace().start(["tune", "small.yaml", "--json", ...flags])).digest).toBe(answer.digest);
		}
	});

	test("gives another digest with another seed", async () => {
		const other = answerOf(await workplace().start(["tune", "small.yaml", "--json", "--seed", "1"]));
		expect(other.digest).not.toBe(answer.digest);
		expect(other.study.hash).not.toBe(answer.study.hash);
	});

	test("gives the same digest after kill -9 and resume, for the same trials", async () => {
		const killed = workplace();
		const lines = (said: string) => said.split("\n").filter((line) => /reached|missed|diverged/.test(line)).length;
		const end = await killed.start(["tune", "small.yaml"], (said, kill) => lines(said) > 25 && kill("SIGKILL"));
		expect(end.code).toBeNull();
		const listed = JSON.parse((await killed.start(["studies", "--json"])).stdout) as { studies: { id: string; trials: number }[] };
		expect(listed.studies[0].trials).toBeGreaterThan(20);
		const resumed = answerOf(await killed.start(["resume", listed.studies[0].id, "--json"]));
		expect(resumed.digest).toBe(answer.digest);
		// Steps are timed anew there.
		expect(resumed.cost).toEqual({ ...answer.cost, trainingSeconds: expect.any(Number) });
	});

	test("an interrupt ends with the best answer so far, the command to resume, and code 130", async () => {
		const interrupted = workplace();
		let sent = false;
		const end = await interrupted.start(["tune", "small.yaml"], (said, kill) => {
			if (sent || !said.includes("reporting")) return;
			sent = true;
			kill("SIGINT");
		});
		expect(end.code).toBe(130);
		const [, id] = end.stderr.match(/sweetspot resume (\S+)/) ?? [];
		expect(answerOf(await interrupted.start(["resume", id, "--json"])).digest).toBe(answer.digest);
	});
});
