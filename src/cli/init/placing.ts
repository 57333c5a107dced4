import type { ConfigFile } from "./config-file.js";
import { template } from "./config-file.js";
import type { PlannedLength } from "./length.js";
import { bare } from "./notices.js";
import { type Argument, numberIn, type Role, type ScriptArguments } from "./script-arguments.js";

/** More epochs than any trial needs. */
const endless = "100000";

/** The most examples at once where a script accumulates and doesn't show how many it takes at once. */
const usualPart = 8;

/** A command with placeholders, and what goes with it into the study. */
export interface Placed {
	readonly command: readonly string[];
	readonly files: Readonly<Record<string, string>> | null;
	readonly microBatch: number | null;
}

type PlacedLength = Pick<PlannedLength, "unit" | "argument" | "count">;

/** The shortest trainings are a sixteenth of the length, and end unseen where the script evaluates more seldom than this share of it. */
const shortestReport = 1 / 160;

/**
 * The argument for how often the script evaluates, where its shortest trainings would end without: they are to be evaluated at their end.
 * Else null.
 */
export function evaluatedTooSeldom({ evaluationSteps }: ScriptArguments, { unit, count }: PlacedLength): Argument | null {
	if (unit !== "steps" || evaluationSteps === null) return null;
	return (evaluationSteps.value ?? Number.POSITIVE_INFINITY) > shortestReport * count ? evaluationSteps : null;
}

/** What stands for each argument. Where gradients are accumulated, the batch is handed over in parts. */
function placesOf({ accumulation }: ScriptArguments): Readonly<Partial<Record<Role, string>>> {
	const inParts = isAccumulated(accumulation);
	return {
		batchSize: inParts ? "{microBatch}" : "{batchSize}",
		learningRate: "{learningRate}",
		seed: "{seed}",
		...(inParts && { accumulation: "{accumulation}" }),
	};
}

const isAccumulated = (accumulation: Argument | null): boolean => (accumulation?.value ?? 1) > 1;

/**
 * The command with a placeholder for each argument that was found. A script that would end by itself after some epochs gets more of them
 * than any trial needs, unless their number is given: else large batches had fewer steps than small ones. `own`: the arguments with the
 * values that the user's command gives. `length`: what a schedule follows, and is given trial by trial.
 */
export function withPlaceholders(
	command: readonly string[],
	own: ScriptArguments,
	config: ConfigFile | null,
	length: PlacedLength | null = null,
): Placed {
	const places = { ...placesOf(own), ...lengthsOf(command, own, length) };
	const microBatch = isAccumulated(own.accumulation) ? (own.batchSize?.value ?? usualPart) : null;
	if (config !== null) {
		const name = `{trialFolder}/${config.name}`;
		return {
			command: command.map((word, i) => (i === config.at ? `${config.before}${name}` : word)),
			files: { [config.name]: template(config, places) },
			microBatch,
		};
	}
	let words = command;
	for (const [role, place] of Object.entries(places)) {
		const argument = length?.unit === role ? length.argument : own[role as Role];
		if (argument !== null) words = placed(words, argument, place);
	}
	return { command: words, files: null, microBatch };
}

/** What stands for the length: what a schedule follows, or, unless the user's command gives them, more epochs than any trial needs. */
function lengthsOf(command: readonly string[], own: ScriptArguments, length: PlacedLength | null): Readonly<Partial<Record<Role, string>>> {
	if (length === null) return own.epochs === null || isGiven(command, own.epochs) ? {} : { epochs: endless };
	return {
		[length.unit]: `{${length.unit}}`,
		...(length.unit === "steps" && { decaySteps: "{steps}" }),
		...(evaluatedTooSeldom(own, length) && { evaluationSteps: "{steps}" }),
	};
}

/** The value in place of the one that stands there; else it is appended. */
function placed(command: readonly string[], { written }: Argument, value: string): readonly string[] {
	const at = placeOf(command, written);
	if (at === null) return [...command, ...(written.endsWith("=") ? [`${written}${value}`] : [written, value])];
	return command.map((word, i) => (i !== at.index ? word : at.joined ? `${bare(written)}=${value}` : value));
}

/** Where the value of an argument stands; null where the command has none. */
function placeOf(command: readonly string[], written: string): { readonly index: number; readonly joined: boolean } | null {
	const name = bare(written);
	for (const [i, word] of command.entries()) {
		if (word.startsWith(`${name}=`)) return { index: i, joined: true };
		if (word === name && !written.endsWith("=") && i + 1 < command.length) return { index: i + 1, joined: false };
	}
	return null;
}

/** Whether the user's command gives it a value. */
export const isGiven = (command: readonly string[], { written }: Argument): boolean => placeOf(command, written) !== null;

/** The arguments with the values that the user's command gives, and their own where it gives none. */
export const withGiven = (command: readonly string[], found: ScriptArguments): ScriptArguments =>
	Object.fromEntries(
		Object.entries(found).map(([role, argument]: [string, Argument | null]) => {
			const at = argument && placeOf(command, argument.written);
			if (!argument || !at) return [role, argument];
			const text = at.joined ? command[at.index].slice(command[at.index].indexOf("=") + 1) : command[at.index];
			return [role, { ...argument, value: numberIn(text) }];
		}),
	) as ScriptArguments;
