import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** 300,000 steps at batch sizes 1 to 8, with every measure, after as many to warm up. The built engine, in a process of its own. */
const script = `
import { Engine } from ${JSON.stringify(new URL("../../dist/engine/engine.js", import.meta.url).href)};
import { Rng } from ${JSON.stringify(new URL("../../dist/core/rng.js", import.meta.url).href)};
const rng = Rng.fromSeed(1);
const engine = Engine.create();
const features = Float32Array.from({ length: 128 }, () => rng.normal());
const set = engine.load({ count: 64, width: 2, features, labels: Int32Array.from({ length: 64 }, () => rng.below(3)) });
const layers = [{ kind: "dense", units: 20 }, { kind: "relu" }, { kind: "dense", units: 3 }];
const network = engine.build({ inputs: 2, layers, init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" });
const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set, { perExample: true, gradientNorm: true });
network.initialize(rng);
const run = (steps) => {
	let sum = 0; // not outside: V8 makes an object of each number that is assigned to a variable of the module's
	for (let t = 0; t < steps; t++) {
		const report = step.run(1 + (t % 8), 0.001);
		if (PLANTED) sum += [t].length;
		sum += report.loss + report.squaredNorm + report.perExample[0] + report.correct;
	}
	return sum;
};
const often = () => Array.from({ length: 100 }, () => run(3000)); // many calls: V8 compiles for calls, not in the middle of one
often();
gc(); // so that what came before fills nothing
console.log("begin");
console.log("end", often());
`;

/**
 * Collections of the young generation while the second half of the steps ran. It has one megabyte: an object of 16 bytes a step, the
 * smallest there is, would fill it four times.
 */
function collections(planted: boolean): number {
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[
			"--trace-gc",
			"--expose-gc",
			"--max-semi-space-size=1",
			"--input-type=module",
			"-e",
			script.replace("PLANTED", planted ? "Array.isArray(globalThis.kept = [t])" : "false"),
		],
		{ encoding: "utf8", cwd: fileURLToPath(new URL("../..", import.meta.url)) },
	);
	if (status !== 0) throw new Error(stderr);
	const [, steady = ""] = /^begin$([\s\S]*)^end/m.exec(stdout) ?? [];
	return steady.split("\n").filter((line) => /Scavenge|Mark-Compact/.test(line)).length;
}

/** V8's own: it may compile a step anew at any time, and keeps account of it on the same heap. */
const ofV8Itself = 1;

test("steps allocate nothing on the JavaScript heap: 300,000 of them make no collection needed", () => {
	expect(collections(false)).toBeLessThanOrEqual(ofV8Itself);
});

test("which would show: one small array a step does", () => {
	expect(collections(true)).toBeGreaterThan(3);
});
