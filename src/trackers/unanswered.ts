import { type ErrorCode, SweetspotError } from "../core/errors.js";

/** What an import may need to ask for, by the names of its flags. */
export type AskedName =
	| "goal"
	| "examples"
	| "from"
	| "group"
	| "batchSizeKey"
	| "learningRateKey"
	| "metricKey"
	| "stepsAre"
	| "devices"
	| "accumulation";

/** Something is missing that the user knows. At a terminal the program can ask for it. */
export class Unanswered extends SweetspotError {
	constructor(
		code: ErrorCode,
		detail: string,
		fix: string,
		/** What would answer it. */
		readonly asks: readonly AskedName[],
	) {
		super(code, detail, fix);
	}
}
