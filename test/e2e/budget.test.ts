import { beforeAll, describe, expect, test } from "vitest";
import type { Ended, Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface Answer {
	readonly study: { readonly id: string };
	readonly state: string;
	readonly digest: string | null;
	readonly reproducible: boolean;
	readonly cost: { readonly trials: number };
	readonly tradeoff: readonly { readonly batchSize: number; readonly outcome: string; readonly reportingRuns: number }[];
	readonly recommendation: { readonly verdict: string; readonly batchSize: number | null; readonly untried: readonly number[] };
}

const answerOf = ({ stdout }: Ended): Answer => JSON.parse(stdout) as Answer;

/** A study whose whole design would take some 260 trials. */
const study = `
version: 1
name: many
workload:
  data: { blobs: { examples: 600, classes: 3, features: 2, spread: 2 } }
  model: [{ dense: 16 }, relu, { dense: 3 }]
goal: { metric: validation.loss, atMost: 0.25 }
limits: { epochs: 20, steps: 500 }
`;

const workplace = workplaces({ "many.yaml": study });

describe("tune --budget", () => {
	const args = ["tune", "many.yaml", "--json", "--quiet", "--budget", "30"];
	let place: Workplace;
	let first: Answer;
	beforeAll(async () => {
		place = workplace();
		first = answerOf(await place.start([...args, "--workers", "1"]));
	});

	test("spends it on some of the batch sizes, and answers with what was run there", () => {
		expect(first).toMatchObject({ state: "complete", reproducible: true });
		expect(first.cost.trials).toBeLessThanOrEqual(30);
		expect(first.cost.trials).toBeGreaterThan(20);
		const outcomes = first.tradeoff.map(({ outcome }) => outcome);
		expect(outcomes.filter((outcome) => outcome === "reached").length).toBeGreaterThanOrEqual(3);
		expect(outcomes).toContain("not tried");
		const recommended = first.tradeoff.find(({ batchSize }) => batchSize === first.recommendation.batchSize);
		expect(recommended?.outcome).toBe("reached");
		expect(recommended?.reportingRuns).toBeGreaterThanOrEqual(3);
	});

	test("buys the same trials with any number of workers, and after a kill", async () => {
		expect(answerOf(await workplace().start([...args, "--workers", "3"])).digest).toBe(first.digest);
		const killed = workplace();
		const finished = (said: string) => said.split("\n").filter((line) => line.includes("tuning") || line.includes("reporting")).length;
		const end = await killed.start(["tune", "many.yaml", "--budget", "30"], (said, kill) => finished(said) > 6 && kill("SIGKILL"));
		expect(end.code).toBeNull();
		expect(answerOf(await killed.start(["resume", first.study.id, "--json"])).digest).toBe(first.digest);
	});

	test("goes on where it ended with what its answer advises, for no more trials than it is allowed", async () => {
		const { id } = first.study;
		const more = answerOf(await place.start(["tune", "--continue", id, "--budget", "12", "--json", "--quiet"]));
		expect(more.study.id).toBe(id);
		expect(more.cost.trials).toBeLessThanOrEqual(42);
		if (first.recommendation.verdict === "undecided") expect(more.cost.trials).toBeGreaterThan(first.cost.trials);
	});

	test("a larger budget begins with the trials that a smaller one has, and ends with the digest of one that hasn't", async () => {
		const larger = ["tune", "many.yaml", "--json", "--quiet", "--budget", "36"];
		const begun = await place.start(larger);
		expect(begun.stderr).toMatch(new RegExp(`Begun with \\d+ trials of ${first.study.id}`));
		expect(answerOf(begun).digest).toBe(answerOf(await place.start([...larger, "--fresh"])).digest);
	});

	test("says what was left out, and how to go on", async () => {
		const { stdout } = await place.start(["show", first.study.id]);
		expect(stdout).toContain("not tried");
		// By now the study may have more trials than its first answer.
		const now = answerOf(await place.start(["show", first.study.id, "--json"]));
		if (now.recommendation.verdict === "undecided")
			expect(stdout.replace(/\s+/g, " ")).toContain(`sweetspot tune --continue ${first.study.id}`);
	});

	test("of time ends with the best answer so far", async () => {
		const ended = await workplace().start(["tune", "many.yaml", "--json", "--quiet", "--budget", "90s"]);
		expect(answerOf(ended).recommendation.batchSize).not.toBeNull();
	});

	test("plan gives the trials it will take", async () => {
		const planned = JSON.parse((await place.start(["plan", "many.yaml", "--json", "--budget", "30"])).stdout) as {
			readonly trials: number;
		};
		expect(planned).toMatchObject({ trials: 30, trialsAtMost: 30 });
	});
});
