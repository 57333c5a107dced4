import { type ErrorCode, SweetspotError } from "../core/errors.js";

/** What an import may have to ask for, by the names of its flags. */
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

/** Something isn't known that the user knows: at a terminal it can be asked for. */
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
