import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Ended, smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface Row {
	readonly batchSize: number;
	readonly steps: number;
	readonly learningRate: number | null;
	readonly outcome: string;
	readonly value: { readonly median: number | null };
	readonly standing: string | null;
}
interface Answer {
	readonly study: { readonly id: string };
	readonly digest: string;
	readonly reproducible: boolean;
	readonly comparisons: Readonly<Record<"epochs" | "steps" | "seconds", readonly Row[]>>;
}

const workplace = workplaces({
	"small.yaml": smallStudy
		.replace("batchSizes: [1, 8, 64, full]", "batchSizes: [8, 64, full]")
		.replace("goal:", "  optimizer: { name: sgd, momentum: 0.9 }\ngoal:"),
});

const answerOf = ({ stdout }: Ended): Answer => JSON.parse(stdout) as Answer;
const command = ["tune", "small.yaml", "--compare", "--set", "comparisons.epochs=3", "--json"];

test("tune --comparisons: every size after equal epochs, steps and seconds; the same digest after kill -9 with another number of workers", async () => {
	const place = workplace();
	const ended = await place.start([...command, "--workers", "2"]);
	const answer = answerOf(ended);
	const column = <K extends keyof Row>(comparison: "epochs" | "steps" | "seconds", key: K) =>
		answer.comparisons[comparison].map((row) => row[key]);
	expect(column("epochs", "batchSize")).toEqual([8, 64, 180]);
	// 180 examples: 22, 2 and 1 whole batches an epoch. The middle size, nearest to √180 = 13.4, is 8.
	expect(column("epochs", "steps")).toEqual([66, 6, 3]);
	expect(column("steps", "steps")).toEqual([66, 66, 66]);
	expect(column("seconds", "steps")[0]).toBe(66);
	for (const comparison of ["epochs", "steps", "seconds"] as const) {
		expect(column(comparison, "standing").filter((standing) => standing === "best")).toHaveLength(1);
		expect(column(comparison, "value").every(({ median }) => median !== null && median > 0 && median < 2)).toBe(true);
	}
	const html = readFileSync(join(place.folder, ".sweetspot", "reports", `${answer.study.id}.html`), "utf8");
	expect(html).toContain("At equal epochs, equal steps, equal time");
	expect((await place.start(["show", answer.study.id])).stdout).toContain("validation loss at equal budgets");

	const killed = workplace();
	const compared = (said: string) => said.split("\n").filter((line) => line.includes("epochs tuning")).length;
	const end = await killed.start([...command, "--workers", "1"], (said, kill) => compared(said) > 4 && kill("SIGKILL"));
	expect(end.code).toBeNull();
	const resumed = answerOf(await killed.start(["resume", answer.study.id, "--json"]));
	expect(resumed.digest).toBe(answer.digest);
	expect(resumed.reproducible).toBe(true);
	expect(resumed.comparisons.epochs).toEqual(answer.comparisons.epochs);
	expect(resumed.comparisons.steps).toEqual(answer.comparisons.steps);
});
