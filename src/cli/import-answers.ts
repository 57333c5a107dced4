import { type Answers, stepWords } from "../store/import/tracked/answers.js";
import { choiceOf, flagOf, type OptionName, type RawOptions, textOf, wholeOf } from "./options.js";

/** What the flags of `import` say of runs where their tracker doesn't. Throws `usage/bad-value`. */
export const answersOf = (options: RawOptions, environment: NodeJS.ProcessEnv): Answers => ({
	batchSizeKey: textOf(options, "batchSizeKey", environment),
	learningRateKey: textOf(options, "learningRateKey", environment),
	seedKey: textOf(options, "seedKey", environment),
	settingKeys: textOf(options, "settingKeys", environment)
		?.split(",")
		.map((key) => key.trim())
		.filter((key) => key !== ""),
	metricKey: textOf(options, "metricKey", environment),
	stepKey: textOf(options, "stepKey", environment),
	stepsAre: choiceOf(options, "stepsAre", stepWords, environment),
	devices: wholeOf(options, "devices", 1, environment),
	accumulation: wholeOf(options, "accumulation", 1, environment),
	group: textOf(options, "group", environment),
});

const repeated: readonly OptionName[] = [
	...(["from", "group", "batchSizeKey", "learningRateKey", "seedKey", "settingKeys", "metricKey"] as const),
	...(["stepKey", "stepsAre", "devices", "accumulation"] as const),
];

/** The same as they are typed, for the command that repeats the import. */
export const typedAnswers = (options: RawOptions, environment: NodeJS.ProcessEnv): readonly string[] =>
	repeated.flatMap((name) => {
		const value = textOf(options, name, environment);
		return value === undefined ? [] : [flagOf(name), value];
	});
