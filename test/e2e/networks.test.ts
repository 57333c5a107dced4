import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { Workplace } from "./sweetspot.js";

const place = new Workplace();
afterAll(() => place.remove());

const study = (workload: string, goal: string, limits = "{ epochs: 20, steps: 400 }") => `
version: 1
name: small
workload: { ${workload}, optimizer: { name: sgd, momentum: 0.9 } }
goal: ${goal}
batchSizes: [4, 32]
seeds: { tuning: 1, selecting: 1, reporting: 3 }
limits: ${limits}
looks: { ratio: 1.2, examples: 100 }
`;
place.write(
	"regression.yaml",
	study(
		"data: { teacher: { examples: 200, features: 6, noise: 0.1 } }, model: [{ dense: 16 }, gelu, { dense: 1 }], loss: mean-squared-error",
		"{ metric: validation.loss, atMost: 0.3 }",
	),
);
place.write(
	"binary.yaml",
	study(
		"data: { blobs: { examples: 300, classes: 2, spread: 3 } }, model: [{ dense: 8 }, tanh, { dropout: 0.1 }, { dense: 1 }], loss: binary-cross-entropy",
		"{ metric: validation.accuracy, atLeast: 0.85 }",
	),
);
place.write(
	"convolution.yaml",
	study(
		"data: digits, model: [{ conv: 4, padding: 1 }, relu, { max-pool: 2 }, { conv: 6 }, tanh, { average-pool: 2 }, flatten, { dense: 10 }]",
		"{ metric: validation.accuracy, atLeast: 0.3 }",
		"{ epochs: 1, steps: 150 }",
	),
);
place.write(
	"normalized.yaml",
	study(
		"data: { blobs: { examples: 300, classes: 3 } }, model: [{ dense: 8 }, { batch-norm: { ghost: 4 } }, relu, { residual: [layer-norm, { dense: 8 }, relu] }, { dense: 3 }]",
		"{ metric: validation.error, atMost: 0.2 }",
		"{ epochs: 5, steps: 200 }",
	),
);
place.write(
	"smoothed.yaml",
	study(
		"data: { blobs: { examples: 300, classes: 3 } }, model: [{ dense: 8 }, leaky-relu, { dense: 3 }], labelSmoothing: 0.1",
		"{ metric: validation.error, atMost: 0.2 }",
	),
);
place.write(
	"averaged.yaml",
	study(
		"data: { blobs: { examples: 300, classes: 3 } }, model: [{ dense: 8 }, relu, { dense: 3 }], averaging: 0.2",
		"{ metric: validation.error, atMost: 0.3 }",
	),
);

/* The digests are pinned: every operation that reaches a weight is exact, so that they are these on every machine. */
test.each([
	["regression", "30d1325989ebb5c1611fede12a7427a188dec0a5215502e73d7bdd3764706fa6"],
	["binary", "e415db5d87eca74ff0e6e900d3eb55696678200827024558ff118f2af26c2b93"],
	["convolution", "f7dd6c85323d6610c8f9d8b20a0a4d6fa1b4be3efbf33d5e63fe091e1c6e8578"],
	["normalized", "771593b65ada44601e91fc469b9eaee3e64eed1a68d74b040c6aef5be0474c1c"],
	["averaged", "115b5259f12795ad4276133185b8d8608751735367dad2c0ef3254f00fef79cc"],
	["smoothed", "063a0256d9d00d871ed176b0b4b4f0d2ddc06106663909d28ef8f0788c745bac"],
])(
	"%s is tuned, shown and reported, with the same digest for any worker count",
	async (name, digest) => {
		const runs = [];
		for (const flags of [
			["--workers", "2"],
			["--executor", "inline", "--fresh"],
		]) {
			const { code, stdout, stderr } = await place.start(["tune", `${name}.yaml`, "--json", ...flags]);
			expect(stderr).not.toContain("internal:");
			expect([0, 3]).toContain(code);
			runs.push(JSON.parse(stdout) as { study: { id: string }; digest: string; tradeoff: { outcome: string }[] });
		}
		expect(runs[0].tradeoff.map(({ outcome }) => outcome)).toEqual(["reached", "reached"]);
		expect(runs.map((run) => run.digest)).toEqual([digest, digest]);
		const report = await place.start(["report", runs[0].study.id, "--format", "md"]);
		expect(report.code).toBe(0);
		expect(readFileSync(report.stdout.trim(), "utf8")).not.toMatch(/NaN|undefined|Infinity/);
	},
	180_000,
);

test("what is recorded changes no digest, and is in the report and the export", async () => {
	const record = ["--set", "record=[distance, update, gradient-norm, sharpness]"];
	const { stdout } = await place.start(["tune", "normalized.yaml", ...record, "--json", "--workers", "2"]);
	const { digest, study } = JSON.parse(stdout) as { digest: string; study: { id: string } };
	expect(digest).toBe("771593b65ada44601e91fc469b9eaee3e64eed1a68d74b040c6aef5be0474c1c"); // as without, above
	const exported = await place.start(["export", study.id]);
	expect(exported.stdout.slice(0, exported.stdout.indexOf("\r"))).toMatch(/,distance,distance\.1,.*,update,.*,gradient-norm,sharpness$/);
	const html = await place.start(["report", study.id]);
	expect(readFileSync(html.stdout.trim(), "utf8")).toContain("Weights, gradients, curvature");
	const md = await place.start(["report", study.id, "--format", "md"]);
	expect(readFileSync(md.stdout.trim(), "utf8")).toMatch(/\| 32 \| [\d.]+ \[[\d.]+–[\d.]+\] \|/);
	const refused = await place.start(["plan", "normalized.yaml", ...record, "--set", "workload={ data: quadratic }"]);
	expect(refused.stderr).toContain("record: only networks of the built-in trainer can be looked into: leave it out");
}, 60_000);

test("a regression with a goal on accuracy is refused with what to use instead", async () => {
	const { code, stderr } = await place.start(["tune", "regression.yaml", "--set", "goal.metric=validation.accuracy"]);
	expect(code).toBe(2);
	expect(stderr).toContain("under mean-squared-error nothing is classified: use validation.loss");
});
