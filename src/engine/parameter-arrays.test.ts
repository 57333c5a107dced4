import { expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Engine } from "./engine.js";
import { parameterArrays } from "./parameter-arrays.js";

test("every layer's parameters and running statistics, in the order of the block, with their shapes", () => {
	const engine = Engine.create();
	const network = engine.build({
		inputs: 32,
		image: { height: 4, width: 4, channels: 2 },
		layers: [
			{ kind: "conv", filters: 3, size: 3, stride: 1, padding: 0 },
			{ kind: "batch-norm" },
			{ kind: "relu" },
			{ kind: "flatten" },
			{ kind: "residual", layers: [{ kind: "layer-norm" }, { kind: "dropout", rate: 0.5 }, { kind: "dense", units: 12 }] },
			{ kind: "dense", units: 2 },
		],
		init: "he-normal",
		loss: "softmax-cross-entropy",
		reduction: "mean",
	});
	network.initialize(Rng.fromSeed(1));
	const arrays = parameterArrays(network);
	expect(arrays.map(({ name, shape }) => [name, shape])).toEqual([
		["0.weight", [3, 3, 2, 3]],
		["0.bias", [3]],
		["1.weight", [3]],
		["1.bias", [3]],
		["1.running_mean", [3]],
		["1.running_var", [3]],
		["4.0.weight", [12]],
		["4.0.bias", [12]],
		["4.2.weight", [12, 12]],
		["4.2.bias", [12]],
		["5.weight", [12, 2]],
		["5.bias", [2]],
	]);
	const parameters = arrays.filter(({ name }) => !name.includes("running")).flatMap(({ values }) => Array.from(values));
	expect(parameters).toEqual(Array.from(network.parameters));
	const valuesOf = (wanted: string) => Array.from(arrays.find(({ name }) => name === wanted)?.values ?? []);
	expect([valuesOf("1.weight"), valuesOf("1.running_mean"), valuesOf("1.running_var")]).toEqual([
		[1, 1, 1],
		[0, 0, 0],
		[1, 1, 1],
	]);
});
