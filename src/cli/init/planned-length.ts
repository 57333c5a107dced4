import { SweetspotError } from "../../core/errors.js";
import type { Goal } from "../../core/goal.js";
import type { Horizon } from "../../core/training-length.js";
import { formatCount } from "../../words/numbers.js";
import type { Shell } from "../shell.js";
import type { Figure } from "./figures.js";
import type { Inspected } from "./inspect.js";
import type { PlannedLength } from "./length.js";
import { bare } from "./notices.js";
import { isGiven } from "./placing.js";
import type { Argument, ScriptArguments } from "./script-arguments.js";

/**
 * The length that a script's schedule follows: where it has a schedule and takes its length as an argument, or from its file of settings.
 * Null where there is no schedule, and where nothing that sets the length is found or named. Throws `init/missing-answer` where the length
 * itself isn't known.
 */
export async function plannedLength(
	shell: Shell,
	command: readonly string[],
	{ schedule, config }: Inspected,
	script: ScriptArguments,
	wished: number | undefined,
): Promise<PlannedLength | null> {
	if (schedule === null) return null;
	const found = lengthArgument(command, script) ?? (config === null ? await askedArgument(shell, schedule) : null);
	if (found === null) return null;
	const { unit, argument } = found;
	const count = wished ?? wholeOf(argument.value) ?? (await askedCount(shell, argument, unit));
	return { unit, argument, count, schedule };
}

/** Of epochs and steps the one that the user's command gives; else epochs, where the script shows how many it takes. */
function lengthArgument(command: readonly string[], { epochs, steps }: ScriptArguments): Pick<PlannedLength, "unit" | "argument"> | null {
	const both = [
		{ unit: "epochs" as const, argument: epochs },
		{ unit: "steps" as const, argument: steps },
	].flatMap(({ unit, argument }) => (argument === null ? [] : [{ unit, argument }]));
	return (
		both.find(({ argument }) => isGiven(command, argument)) ??
		both.find(({ argument }) => wholeOf(argument.value) !== null) ??
		both.at(0) ??
		null
	);
}

const wholeOf = (value: number | null): number | null => (value !== null && Number.isSafeInteger(value) && value >= 1 ? value : null);

async function askedArgument({ ask }: Shell, schedule: string): Promise<Pick<PlannedLength, "unit" | "argument"> | null> {
	const answer = await ask?.(
		`It has a schedule of the learning rate (${schedule}). Which argument says how long it trains, such as --epochs or --max-steps? (Enter: none.)`,
	);
	if (answer === undefined || answer.trim() === "") return null;
	return { unit: /epoch/i.test(answer) ? "epochs" : "steps", argument: { written: answer.trim(), value: null } };
}

async function askedCount(shell: Shell, argument: Argument, unit: PlannedLength["unit"]): Promise<number> {
	const flag = bare(argument.written);
	for (;;) {
		const answer = await shell.ask?.(`How many ${unit} do you mean to train (${flag})?`);
		if (answer === undefined)
			throw new SweetspotError(
				"init/missing-answer",
				`how long you mean to train: its schedule follows ${flag}, which has no value`,
				`say it: for example \`--horizon ${unit === "epochs" ? 30 : 20_000}\`, in ${unit}`,
			);
		const count = wholeOf(Number(answer.replace(/[,_ ]/g, "")));
		if (count !== null) return count;
		shell.say(`the number of ${unit} is "${answer}", expected a whole number of 1 or more`);
	}
}

/**
 * The length in the unit of the question: steps of a known batch size are counted in examples, or the larger of two batches would see more
 * of them and win by that.
 */
const horizonOf = ({ unit, count }: PlannedLength, ownSize: number | null): Horizon =>
	unit === "epochs" ? { epochs: count } : ownSize === null ? { steps: count } : { examples: count * ownSize };

/**
 * The best end of that metric, and a proposal of what a larger batch may lose: one in a hundred of what was seen, for a share half a point.
 * `ownSize`: the script's own batch size.
 */
export function bestEndOf({ metric, atLeast }: Goal, length: PlannedLength, figures: readonly Figure[], ownSize: number | null): Goal {
	const seen = figures.find((figure) => figure.metric === metric)?.value ?? 1;
	const isShare = /(?:accuracy|error)$/.test(metric);
	const give = isShare ? 0.005 : Number(Math.max(1e-6, Math.abs(seen) / 100).toPrecision(1));
	return { metric, best: atLeast === undefined ? "lowest" : "highest", horizon: horizonOf(length, ownSize), give };
}

/** What a best end is asked for: in words. */
export function lengthWords(length: PlannedLength, ownSize: number | null): string {
	const horizon = horizonOf(length, ownSize);
	const asWritten = `${formatCount(length.count)} ${length.unit}`;
	return "examples" in horizon ? `${formatCount(horizon.examples)} examples, as many as ${asWritten} of your ${ownSize}` : asWritten;
}

/** That the study asks for the end of a training, in sentences. */
export function plannedWords(length: PlannedLength, hasValue: boolean, ownSize: number | null): string {
	const { schedule, argument, unit, count } = length;
	const flag = bare(argument.written);
	const asked = hasValue
		? `the least length, of ${count} ${unit} at most, whose end meets the goal`
		: `the best end of a training of ${lengthWords(length, ownSize)}`;
	return (
		`It has a schedule of the learning rate (${schedule}) and takes its length from ${flag}: the study says \`schedule: tied\`, gives each trial its own ` +
		`length, and asks for ${asked}. If the schedule doesn't follow ${flag}, write \`schedule: free\` or \`absolute\` (docs/schedules.md).`
	);
}
