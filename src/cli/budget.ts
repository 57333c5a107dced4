import { SweetspotError } from "../core/errors.js";
import { isOn, type RawOptions, textOf } from "./options.js";

/** What `--budget` allows: trials, seconds, or trainings (runs to the goal at what is recommended in the end). */
export type Budget = { readonly trials: number } | { readonly seconds: number } | { readonly trainings: number };

const secondsIn = { s: 1, min: 60, m: 60, h: 3600, d: 86_400 } as const;

/**
 * `40` is trials; `5x` is trainings; `90s`, `15min` (or `15m`), `2h`, `1.5d` are time. Undefined without the flag. Throws
 * `usage/bad-value`.
 */
export function budgetOf(options: RawOptions, environment: NodeJS.ProcessEnv): Budget | undefined {
	const text = textOf(options, "budget", environment);
	if (text === undefined) return undefined;
	if (isOn(options, "whole", environment))
		throw new SweetspotError("usage/bad-value", "--whole has no budget, and there is --budget as well", "Omit one of them.");
	const [, number, unit] = /^(\d+(?:\.\d+)?) *(s|min|m|h|d|x)?$/.exec(text) ?? [];
	const value = Number(number);
	if (value >= 1 && unit === "x") return { trainings: value };
	if (value > 0 && unit !== undefined && unit !== "x") return { seconds: value * secondsIn[unit as keyof typeof secondsIn] };
	if (value > 0 && Number.isSafeInteger(value)) return { trials: value };
	throw new SweetspotError(
		"usage/bad-value",
		`--budget is "${text}", expected trainings, a number of trials or a time`,
		"For example `--budget 5x` (five trainings), `--budget 40` (trials), `--budget 90s`, `--budget 15min` or `--budget 2h`.",
	);
}
