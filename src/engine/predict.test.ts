import { expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Engine } from "./engine.js";

test("predictions are the outputs from which loss and hits are computed, however many chunks they take", () => {
	const rng = Rng.fromSeed(2);
	const engine = Engine.create();
	const [count, width, classes] = [1500, 3, 3];
	const features = Float32Array.from({ length: count * width }, () => rng.normal());
	const labels = Int32Array.from({ length: count }, () => rng.below(classes));
	const set = engine.load({ count, width, features, labels });
	const layers = [{ kind: "dense", units: 5 }, { kind: "tanh" }, { kind: "dense", units: classes }] as const;
	const network = engine.build({ inputs: width, layers, init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" });
	network.initialize(Rng.fromSeed(3));
	expect(network.chunk).toBeLessThan(count);
	const logits = new Float32Array(count * classes);
	network.predict(set, logits);
	let [loss, correct] = [0, 0];
	for (let i = 0; i < count; i++) {
		const row = [...logits.subarray(i * classes, (i + 1) * classes)];
		loss -= row[labels[i]] - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0));
		if (row.indexOf(Math.max(...row)) === labels[i]) correct++;
	}
	const evaluated = network.evaluate(set);
	expect(evaluated.correct).toBe(correct);
	expect(evaluated.loss).toBeCloseTo(loss / count, 5);
});
