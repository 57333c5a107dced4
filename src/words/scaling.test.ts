import { expect, test } from "vitest";
import { smallFindings, smallStudy } from "../../test/fixtures/small-findings.js";
import { devicesSentence, rateRuleSentence } from "./scaling.js";

test.each([
	[["square root"], "the square-root rule fits"],
	[[], "no rule of thumb fits"],
	[["none", "square root"], "no scaling and the square-root rule both fit"],
	[["none", "square root", "linear"], "no scaling, the square-root rule and the linear rule all fit"],
] as const)("rules %j: %s", (fits, words) => {
	const rateRule = { exponent: { estimate: 0.5, low: 0.4, high: 0.6 }, fits, sizes: 6 };
	expect(rateRuleSentence(smallFindings({ rateRule }))).toBe(
		`Across the 6 batch sizes that reached the goal, the best learning rate grows as B to the power 0.50 [0.40–0.60]: ${words}.`,
	);
	expect(rateRuleSentence(smallFindings({ rateRule: null }))).toBeNull();
});

test("devices are a prediction, given only for code that can use several", () => {
	const onDevices = [{ devices: 4, batchSize: 256, seconds: 90, speedUp: 2.5 }];
	const script = { ...smallStudy, workload: { command: ["train"], directory: "/", grace: 2 } };
	expect(devicesSentence(smallFindings({ onDevices }), script)).toBe(
		"Predicted for data-parallel devices that share each batch, not measured, and without the time to exchange gradients: 1 min 30 s on 4 (batch size 256, 2.5 times as fast).",
	);
	expect(devicesSentence(smallFindings({ onDevices }), smallStudy)).toBeNull();
	expect(devicesSentence(smallFindings({ onDevices: [] }), script)).toBeNull();
});
