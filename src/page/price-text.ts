import { formatNumber } from "../words/numbers.js";
import type { Summary } from "./summary.js";

/** The price so far and the one to expect, in trainings: "8 of about 22", or "8" where no more is to be expected. */
export function priceText({ trainings, expectedTrainings }: Pick<Summary, "trainings" | "expectedTrainings">): string {
	const [soFar, expected] = [formatNumber(trainings), formatNumber(expectedTrainings)];
	return expectedTrainings === null || expected === soFar ? soFar : `${soFar} of about ${expected}`;
}
