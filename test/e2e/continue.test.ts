import { cpSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Ended, smallStudy, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface Answer {
	readonly study: { readonly id: string; readonly hash: string };
	readonly state: string;
	readonly digest: string | null;
	readonly cost: { readonly trials: number };
	readonly tradeoff: readonly { readonly batchSize: number; readonly outcome: string; readonly reportingRuns: number }[];
	readonly recommendation: { readonly verdict: string; readonly next: readonly { readonly batchSize: number; readonly runs: number }[] };
}

const answerOf = ({ stdout }: Ended): Answer => JSON.parse(stdout) as Answer;
const runsOf = ({ tradeoff }: Answer): readonly number[] => tradeoff.map(({ reportingRuns }) => reportingRuns);

const workplace = workplaces({
	"small.yaml": smallStudy
		.replace("[1, 8, 64, full]", "[1, 2, 64, full]")
		.replace("goal:", "  optimizer: { name: sgd, momentum: 0.9 }\ngoal:"),
});

/** By examples alone: what is granted then depends on no clock, and is the same on any machine. */
const cheapest = ["--objective", "cheapest", "--set", "tolerance=0.02"];

describe("tune --continue", () => {
	let place: Workplace;
	let first: Answer;
	let id: string;
	beforeAll(async () => {
		place = workplace();
		first = answerOf(await place.start(["tune", "small.yaml", "--json", "--quiet", ...cheapest]));
		id = first.study.id;
		expect(first.recommendation.verdict).toBe("undecided");
	});
	/** A place with the store as it was after the first answer. */
	const copy = (): Workplace => {
		const other = workplace();
		cpSync(join(place.folder, ".sweetspot"), join(other.folder, ".sweetspot"), { recursive: true });
		return other;
	};

	test("the answer names the command", async () => {
		expect((await place.start(["show", id])).stdout.replace(/\s+/g, " ")).toContain(`sweetspot tune --continue ${id}`);
	});

	test("runs what the answer advises, as further runs of the same study, and answers again", async () => {
		const ended = await copy().start(["tune", "--continue", id, "--json"]);
		const answer = answerOf(ended);
		const more = new Map(first.recommendation.next.map(({ batchSize, runs }) => [batchSize, runs]));
		expect(answer.tradeoff.map(({ batchSize, reportingRuns }) => [batchSize, reportingRuns])).toEqual(
			first.tradeoff.map(({ batchSize, reportingRuns }) => [batchSize, reportingRuns + (more.get(batchSize) ?? 0)]),
		);
		expect(answer.study).toEqual(first.study);
		expect(answer.digest).not.toBe(first.digest);
		expect(ended.code).toBe(answer.recommendation.verdict === "found" ? 0 : 3);
		expect(ended.stderr).toMatch(answer.recommendation.verdict === "found" ? /Decided, with \d+ more trials/ : /Not decided/);
	});

	test("keeps to a budget of trials, says when it is spent, and takes up where it ended", async () => {
		const other = copy();
		const ended = await other.start(["tune", "--continue", id, "--budget", "4", "--json"]);
		expect(answerOf(ended).cost.trials).toBe(first.cost.trials + 4);
		expect(runsOf(answerOf(ended))).toEqual([5, 4, 3, 4]);
		if (answerOf(ended).recommendation.verdict === "undecided") {
			expect(ended.code).toBe(3);
			expect(ended.stderr).toContain("Not decided: the budget is spent, on 4 more trials.");
		}
		const again = await other.start(["tune", "--continue", id, "--budget", "2", "--json"]);
		expect(answerOf(again).cost.trials).toBeLessThanOrEqual(first.cost.trials + 6);
	});

	test("killed and resumed, with another number of workers, ends with the digest of an uninterrupted run", async () => {
		const whole = answerOf(await copy().start(["tune", "--continue", id, "--budget", "30", "--json", "--workers", "1"]));
		const killed = copy();
		const lines = (said: string) => said.split("\n").filter((line) => line.includes("reporting")).length;
		const end = await killed.start(["tune", "--continue", id, "--budget", "30"], (said, kill) => lines(said) > 8 && kill("SIGKILL"));
		expect(end.code).toBeNull();
		const resumed = answerOf(await killed.start(["resume", id, "--json"]));
		expect(resumed).toMatchObject({ state: "complete", digest: whole.digest, study: first.study });
		expect(runsOf(resumed)).toEqual(runsOf(whole));
	});

	test("a budget of time ends it as it stands, with the answer so far", async () => {
		const ended = await copy().start(["tune", "--continue", id, "--budget", "0.01s", "--json"]);
		expect(ended.code).toBe(3);
		expect(ended.stderr).toContain(`continue with: sweetspot tune --continue ${id} --budget`);
		expect(answerOf(ended).tradeoff.every(({ outcome }) => outcome === "reached")).toBe(true);
	});

	test("goes on with what a study's own budget left open", async () => {
		const other = workplace();
		// Comparisons at equal budgets go with the whole design, whose rounds a budget pays for one after the other.
		const budgeted = ["tune", "small.yaml", "--json", "--quiet", "--set", "comparisons.epochs=1", ...cheapest];
		const spent = answerOf(await other.start([...budgeted, "--budget", "30"]));
		expect(spent.cost.trials).toBeLessThanOrEqual(30);
		expect(spent.tradeoff.some(({ outcome }) => outcome === "open")).toBe(true);
		const continued = answerOf(await other.start(["tune", "--continue", spent.study.id, "--json", "--quiet"]));
		expect(continued.tradeoff.every(({ outcome }) => outcome === "reached")).toBe(true);
	});

	test("refuses a study file and flags that would make it another study", async () => {
		for (const [args, said] of [
			[["small.yaml"], "there is a study file (small.yaml) as well"],
			[["--seed", "1"], "there is --seed as well"],
			[["--budget", "soon"], '--budget is "soon", expected trainings, a number of trials or a time'],
			[["--budget", "5x"], "--budget is in trainings"],
		] as const) {
			const { code, stderr } = await place.start(["tune", ...args, "--continue", id]);
			expect(stderr).toContain(said);
			expect(code).toBe(2);
		}
	});
});
