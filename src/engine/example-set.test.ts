import { expect, test } from "vitest";
import { SweetspotError } from "../core/errors.js";
import { Engine } from "./engine.js";
import type { Examples } from "./example-set.js";

const good: Examples = { count: 2, width: 2, features: Float32Array.of(1, 2, 3, 4), labels: Int32Array.of(0, 1) };

test.each<[Partial<Examples>, string]>([
	[{ count: 0, features: new Float32Array(0), labels: new Int32Array(0) }, "a set has no examples"],
	[{ features: Float32Array.of(1, 2, Number.NaN, 4) }, "feature 1 of example 2 is NaN, expected a finite number"],
	[{ features: Float32Array.of(1, Infinity, 3, 4) }, "feature 2 of example 1 is Infinity, expected a finite number"],
	[{ labels: Int32Array.of(0, -1) }, "example 2 has the label -1, expected a class from 0"],
	[{ targets: Float32Array.of(0, Number.NaN) }, "target 1 of example 2 is NaN, expected a finite number"],
])("a set that cannot be trained on is refused: %#", (bad, words) => {
	const load = () => Engine.create().load({ ...good, ...bad });
	expect(load).toThrow(SweetspotError);
	expect(load).toThrow(`the data cannot be trained on: ${words}`);
});
