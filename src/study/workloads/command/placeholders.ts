import type { Setting } from "../../../core/setting.js";

/** What of its trial a command, or the value of an environment variable, may name in braces: `{batchSize}`. `steps`: the trial's cap. */
export const placeholderNames = ["batchSize", "learningRate", "seed", "momentum", "weightDecay", "steps"] as const;

/** A word in braces, or in two pairs of them, which stand for the braces themselves. Other braces are as they are. */
const inBraces = /\{\{(\w+)\}\}|\{(\w+)\}/g;

/** The words in single braces, in order, known or not. */
export const placeholdersOf = (text: string): readonly string[] =>
	[...text.matchAll(inBraces)].flatMap(([, , name]) => (name === undefined ? [] : [name]));

/** What a placeholder is filled from. */
interface Values extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: number;
	readonly steps: number;
}

/** The text with every placeholder filled in. Numbers read as in JSON: `0.125`, `1e-7`. */
export function filled(text: string, { batchSize, learningRate, seed, momentum, weightDecay, steps }: Values): string {
	const values: Readonly<Record<string, number | undefined>> = { batchSize, learningRate, seed, momentum, weightDecay, steps };
	return text.replace(inBraces, (whole, literal: string | undefined, name: string | undefined) =>
		literal !== undefined ? `{${literal}}` : String(values[name ?? ""] ?? whole),
	);
}
