import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { trialRunKey } from "../../src/core/trial.js";
import { openStore } from "../../src/store/open.js";
import type { Ended } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

/** Noisy descent on three weights of unlike curvature. */
const descent = `
function* losses({ batchSize, learningRate, seed }) {
	let state = seed;
	const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
	const curvatures = [1, 0.1, 0.02];
	let weights = [1, 3, 5];
	for (;;) {
		weights = weights.map((w, i) => w - learningRate * curvatures[i] * (w + (random() + random() + random() - 1.5) * 6 / Math.sqrt(batchSize)));
		yield Math.min(1e12, curvatures.reduce((sum, c, i) => sum + c * weights[i] ** 2, 0) / 2);
	}
}
`;
const generator = `${descent}
export function* train(context) {
	let step = 0;
	for (const loss of losses(context)) if (context.isDue(++step)) yield { step, metrics: { "validation.loss": loss } };
}
`;
const plain = `${descent}
export function train(context) {
	let step = 0;
	for (const loss of losses(context)) if (context.isDue(++step) && context.report({ step, metrics: { "validation.loss": loss } })) return;
}
`;
const study = (file: string) => `
version: 1
name: modules
workload: { trainer: ./${file}, examples: 2000 }
goal: { metric: validation.loss, atMost: 0.06 }
batchSizes: [4, 16, 64, 256]
tune: { learningRate: { from: 0.01, to: 4 } }
limits: { steps: 3000, epochs: 3 }
`;
const workplace = workplaces({
	"generator.mjs": generator,
	"plain.mjs": plain,
	"generator.yaml": study("generator.mjs"),
	"plain.yaml": study("plain.mjs"),
});

interface Answer {
	readonly study: { readonly id: string };
	readonly digest: string;
	readonly cost: { readonly trainings: number };
}

const answerOf = ({ stdout, stderr }: Ended): Answer => {
	if (stdout === "") throw new Error(stderr);
	return JSON.parse(stdout) as Answer;
};

test("a module that is a generator goes on from rung to rung, in the thread where it was left, with the digest of one that begins anew", async () => {
	const place = workplace();
	const args = (which: string) => ["tune", `${which}.yaml`, "--budget", "5x", "--json", "--quiet", "--fresh"];
	// Which runs there are depends on how long steps take, and a thread keeps twelve of them: so not as a busy machine measures it.
	const tradeoff = [4, 16, 64, 256].map((batchSize) => ({ batchSize, secondsPerStep: 1e-6 * (1 + batchSize / 64) }));
	writeFileSync(join(place.folder, "times.json"), JSON.stringify({ tradeoff }));
	const times = ["--step-times", "times.json"];
	const anew = answerOf(await place.start([...args("plain"), ...times]));
	for (const more of [
		["--workers", "3"],
		["--executor", "inline"],
	]) {
		const answer = answerOf(await place.start([...args("generator"), ...times, ...more]));
		expect(answer.digest).toBe(anew.digest);
		expect(answer.cost.trainings).toBeLessThan(0.95 * anew.cost.trainings);
		const store = openStore(join(place.folder, ".sweetspot"), { mode: "read" });
		const begun = new Set<string>();
		for (const { spec, result } of store?.trials(answer.study.id) ?? []) {
			expect(result.before !== undefined).toBe(begun.has(trialRunKey(spec)));
			begun.add(trialRunKey(spec));
		}
		store?.close();
	}
});
