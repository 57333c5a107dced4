import { expect, test } from "vitest";
import { priceSentence } from "./price.js";

const sentence = (trainings: number | null, trainingSeconds: number | null, own?: number) =>
	priceSentence({
		cost: { trials: 9, examples: 900, search: 0, clairvoyant: 0, trainings, trainingSeconds, ...(own !== undefined && { own }) },
	});

test("the price of an answer, in examples and in time where they differ", () => {
	expect(sentence(4.62, 4.9)).toBe("This answer cost 4.6 trainings: a training is one run to the goal at this setting.");
	expect(sentence(1413, 702)).toBe(
		"This answer cost 1,400 trainings counted in examples, or 700 counted in step time: a training is one run to the goal at this setting.",
	);
	expect(sentence(5, null)).toBe("This answer cost 5 trainings counted in examples: a training is one run to the goal at this setting.");
	expect(sentence(10.7, null, 2.87)).toBe(
		"This answer cost 11 trainings counted in examples, 2.9 of them for your own setting: a training is one run to the goal at this setting.",
	);
	expect(sentence(null, null)).toBeNull();
});
