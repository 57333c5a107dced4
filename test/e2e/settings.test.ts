import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

interface Row {
	readonly batchSize: number;
	readonly outcome: string;
	readonly momentum?: number;
	readonly weightDecay?: number;
}
interface Answer {
	readonly study: { readonly id: string };
	readonly digest: string;
	readonly tradeoff: readonly Row[];
	readonly recommendation: Row;
}

const searched = "batchSizes: [8, 64, full]\ntune: { momentum: [0, 0.9], weightDecay: [0, 0.001] }";
const workplace = workplaces({ "small.yaml": smallStudy.replace("batchSizes: [1, 8, 64, full]", searched) });

const answerOf = ({ stdout }: { readonly stdout: string }): Answer => JSON.parse(stdout) as Answer;

test("momentum and weight decay are searched at every batch size, and shown wherever the rate is; the same digest after kill -9 with another number of workers", async () => {
	const place = workplace();
	const planned = await place.start(["plan", "small.yaml"]);
	expect(planned.stdout).toMatch(/\nmomentum +0, 0\.9\nweight decay +0, 0\.001\n/);

	const answer = answerOf(await place.start(["tune", "small.yaml", "--json", "--workers", "2"]));
	for (const row of [...answer.tradeoff, answer.recommendation]) {
		expect([0, 0.9]).toContain(row.momentum);
		expect([0, 0.001]).toContain(row.weightDecay);
	}
	const shown = await place.start(["show", answer.study.id]);
	expect(shown.stdout).toMatch(/batch +rate +momentum +decay +steps/);
	expect(shown.stdout.replace(/\s+/g, " ")).toMatch(
		/batch size [\d,]+, learning rate [\d.]+, momentum 0(\.9)?, weight decay 0(\.001)?[:;]/,
	);
	const html = readFileSync(join(place.folder, ".sweetspot", "reports", `${answer.study.id}.html`), "utf8");
	expect(html).toContain("momentum (0, 0.9) and weight decay (0, 0.001)");

	const exported = await place.start(["export", answer.study.id, "--format", "csv"]);
	const [titles, ...lines] = exported.stdout.split("\r\n");
	expect(titles).toContain("step,examples,momentum,weight_decay,");
	const settings = new Set(lines.filter(Boolean).map((line) => line.split(",").slice(9, 11).join(" ")));
	expect(settings).toEqual(new Set(["0 0", "0 0.001", "0.9 0", "0.9 0.001"]));

	const other = workplace();
	await other.start(["tune", "small.yaml", "--json", "--workers", "1"], (said, kill) => {
		if (/\b[1-9]\d* of \d+|steps/.test(said)) kill("SIGKILL");
	});
	const resumed = answerOf(await other.start(["tune", "small.yaml", "--json", "--workers", "1"]));
	expect(resumed.digest).toBe(answer.digest);
}, 60_000);

test("a momentum of 0 has nothing to look ahead along, and a value outside its range is named", async () => {
	const place = workplace();
	const args = ["plan", "small.yaml", "--set", "workload.optimizer.name=sgd", "--set", "workload.optimizer.nesterov=true"];
	const refused = await place.start(args);
	expect(refused.code).toBe(2);
	expect(refused.stderr).toContain("tune.momentum: at 0 there is no momentum to look ahead along");
	const outside = await place.start(["plan", "small.yaml", "--set", "tune.momentum=[0.9, 1]"]);
	expect(outside.code).toBe(2);
	expect(outside.stderr).toContain("tune.momentum[1]: found 1, expected less than 1");
});
