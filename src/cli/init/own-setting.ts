import type { ScriptArguments } from "./script-arguments.js";

/** What the script is run with when it isn't tuned. */
export interface OwnSetting {
	/** Examples of an update; null where that isn't seen. */
	readonly batchSize: number | null;
	readonly learningRate: number | null;
}

export function ownSetting({ batchSize, learningRate, accumulation }: ScriptArguments): OwnSetting {
	const size = batchSize?.value ?? null;
	const rate = learningRate?.value ?? null;
	const update = size === null ? null : size * (accumulation?.value ?? 1);
	return {
		batchSize: update !== null && Number.isSafeInteger(update) && update >= 1 ? update : null,
		learningRate: rate !== null && rate > 0 ? rate : null,
	};
}

/** What of a first try is the script's own. */
export function ownWords({ batchSize, learningRate }: OwnSetting): string {
	if (batchSize !== null && learningRate !== null) return " (its own)";
	return batchSize !== null ? " (the batch size is its own)" : learningRate !== null ? " (the rate is its own)" : "";
}
