import { internal } from "../../../core/errors.js";
import type { Setting } from "../../../core/setting.js";
import type { TrialSpec } from "../../../core/trial.js";
import { divided, type Parts } from "./division.js";

/**
 * What of its trial a command, a file, or the value of an environment variable may name in braces: `{batchSize}`. `steps`, `epochs`: the
 * trial's cap, or its planned length. `trialFolder`: a folder of the trial's own.
 */
export const placeholderNames = [
	"batchSize",
	"learningRate",
	"seed",
	"momentum",
	"weightDecay",
	"steps",
	"epochs",
	"microBatch",
	"accumulation",
	"trialFolder",
] as const;

/** A word in braces; or in double braces, which stand for literal braces. Other braces are left unchanged. */
const inBraces = /\{\{(\w+)\}\}|\{(\w+)\}/g;

/** The words in single braces, in order, known or not. */
export const placeholdersOf = (text: string): readonly string[] =>
	[...text.matchAll(inBraces)].flatMap(([, , name]) => (name === undefined ? [] : [name]));

/** What placeholders are filled from. */
export interface PlaceholderValues extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: number;
	readonly steps: number;
	/** Whole ones, under a schedule that follows them. */
	readonly epochs: number;
	readonly microBatch: number;
	readonly accumulation: number;
	/** Of settings that move with the batch size (`hold.ts`). */
	readonly held: Readonly<Record<string, number>>;
	/** Absolute. */
	readonly trialFolder: string;
}

/** The text with every placeholder filled in. Numbers read as in JSON: `0.125`, `1e-7`. */
export function filled(text: string, of: PlaceholderValues): string {
	const { batchSize, learningRate, seed, momentum, weightDecay, flags, steps, epochs, microBatch, accumulation, trialFolder, held } = of;
	const values: Readonly<Record<string, number | string | undefined>> = {
		...held,
		...flags,
		...{ batchSize, learningRate, seed, momentum, weightDecay, steps, epochs },
		...{ microBatch, accumulation, trialFolder },
	};
	return text.replace(inBraces, (whole, literal: string | undefined, name: string | undefined) =>
		literal !== undefined ? `{${literal}}` : String(values[name ?? ""] ?? whole),
	);
}

/** What a trial's placeholders stand for. */
export function placeholderValues(
	parts: Parts,
	trial: TrialSpec,
	trialFolder: string,
	{ held = {}, stepsPerEpoch = trial.cap }: { readonly held?: PlaceholderValues["held"]; readonly stepsPerEpoch?: number } = {},
): PlaceholderValues {
	const division = divided(trial.batchSize, parts);
	if (division === null) throw internal(`a batch of ${trial.batchSize} was to be shared by ${parts.devices} devices`);
	return { ...trial, steps: trial.cap, epochs: Math.round(trial.cap / stepsPerEpoch), ...division, held, trialFolder };
}
