import { SweetspotError } from "../../core/errors.js";
import { type Goal, goalMetric } from "../../core/goal.js";
import { placeholdersOf } from "../../study/workloads/command/placeholders.js";
import { goalFrom } from "../goal-flags.js";
import type { Shell } from "../shell.js";
import type { Inspected } from "./command-line.js";
import { describeFigures, type Figure, suggestedGoal, tellsEpochsAlone, writtenGoal } from "./figures.js";

type Ask = NonNullable<Shell["ask"]>;

/** What only the user knows of the study; undefined where no flag says it. */
export interface Told {
	readonly examples: number | undefined;
	readonly goal: Goal | undefined;
}

/** The script's flag for what its help didn't show; null where the script takes it from the trial, or the command has its placeholder. Throws `init/no-flag`. */
export async function flagFor(
	shell: Shell,
	command: readonly string[],
	{ readsTrial, readsNone, failure }: Inspected,
	what: "batch size" | "learning rate",
): Promise<string | null> {
	const place = what === "batch size" ? "batchSize" : "learningRate";
	if (readsTrial || command.some((word) => placeholdersOf(word).includes(place))) return null;
	const usual = `--${what.replace(" ", "-")}`;
	const naming = `${what === "batch size" ? "--batch-size-flag" : "--learning-rate-flag"} ${usual}`;
	if (failure !== null)
		throw new SweetspotError(
			"init/no-flag",
			`asked with --help, the script failed: ${failure}`,
			`mend the script: it fails when it is run as \`${command.join(" ")} --help\`; or name the flag, such as \`${naming}\``,
		);
	if (readsNone)
		throw new SweetspotError(
			"init/no-flag",
			`by the look of its text the script reads no arguments, so there is none for the ${what}`,
			`let it read its batch size and its learning rate${command.some((word) => word.endsWith(".py")) ? argparse : ": --batch-size and --lr"}
or let it take them from \`sweetspot.start_trial\` (docs/python.md) or from SWEETSPOT_TRIAL (docs/training-scripts.md);
if it reads arguments after all, write where they belong: \`sweetspot init -- ${command.join(" ")} "{batchSize}" "{learningRate}"\``,
		);
	const flag = await shell.ask?.(`Its --help shows no flag for the ${what}. Which one sets it? (such as ${usual})`);
	if (flag) return flag;
	throw new SweetspotError(
		"init/no-flag",
		`its --help shows none for the ${what}`,
		`name it, such as \`${naming}\`, or let the script take its trial from SWEETSPOT_TRIAL (docs/training-scripts.md)`,
	);
}

const argparse = `:
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args()  # then train with args.batch_size and args.lr`;

/**
 * The number of examples and the goal: as flags say them, else as whoever sits at the terminal does. Throws `init/not-told` where nobody can be asked, with all
 * that is missing.
 */
export async function askRest(
	shell: Shell,
	{ examples, goal }: Told,
	figures: readonly Figure[],
): Promise<{ readonly examples: number | null; readonly goal: Goal }> {
	const { ask } = shell;
	const epochsAlone = tellsEpochsAlone(figures);
	if (ask)
		return {
			examples: examples ?? (await askUntil(shell, ask, examplesQuestion(epochsAlone), "50000", (text) => examplesFrom(text, epochsAlone))),
			goal: goal ?? (await askGoal(shell, ask, figures)),
		};
	if (goal !== undefined && (examples !== undefined || !epochsAlone)) return { examples: examples ?? null, goal };
	const missing = [
		...(examples === undefined && epochsAlone
			? [
					[
						"how many examples the training set has (the script tells epochs alone: how many steps those have hangs on it)",
						"--examples 50000",
					],
				]
			: []),
		...(goal === undefined
			? [[`what a run must reach (it prints ${describeFigures(figures)})`, `--goal "${writtenGoal(suggestedGoal(figures[0]))}"`]]
			: []),
	];
	throw new SweetspotError(
		"init/not-told",
		missing.map(([what]) => what).join(", and "),
		`say it: for example \`${missing.map(([, flag]) => flag).join(" ")}\``,
	);
}

const examplesQuestion = (needed: boolean): string =>
	`How many examples does the training set have? ${needed ? "(It tells epochs alone: how many steps those have hangs on it.)" : "(Enter: not known.)"}`;

/** What an answer says, or what is wrong with it. */
type Read<Answer> = { readonly answer: Answer } | { readonly wrong: string };

function examplesFrom(text: string, needed: boolean): Read<number | null> {
	if (text === "" && !needed) return { answer: null };
	const count = /^\d[\d,_ ]*$/.test(text) ? Number(text.replace(/[,_ ]/g, "")) : Number.NaN;
	if (Number.isSafeInteger(count) && count > 0) return { answer: count };
	return { wrong: `the number of examples is "${text}", expected a whole number of 1 or more` };
}

async function askGoal(shell: Shell, ask: Ask, figures: readonly Figure[]): Promise<Goal> {
	const suggested = suggestedGoal(figures[0]);
	const question = `What must a run reach? Best is what a good run comes to well before its end. (Enter: ${writtenGoal(suggested)}, which this short try came to; a whole run may come to more.)`;
	return await askUntil(shell, ask, question, writtenGoal(suggested), (text) =>
		text === "" ? { answer: suggested } : readGoal(asGoal(text, suggested), figures),
	);
}

/** A number alone is meant for the metric that was suggested; `85 %` is 0.85 of an accuracy. */
function asGoal(text: string, suggested: Goal): string {
	const [, number, percent] = /^(\d*\.?\d+)\s*(%?)$/.exec(text.trim()) ?? [];
	if (number === undefined) return text;
	const value = Number((percent === "" ? Number(number) : Number(number) / 100).toPrecision(12));
	return writtenGoal(suggested.atLeast === undefined ? { ...suggested, atMost: value } : { ...suggested, atLeast: value });
}

function readGoal(text: string, figures: readonly Figure[]): Read<Goal> {
	try {
		const goal = goalFrom(text);
		const metric = goalMetric(goal);
		return figures.some((figure) => figure.metric === metric) ? { answer: goal } : { wrong: `the script prints no ${metric}` };
	} catch (error) {
		if (error instanceof SweetspotError) return { wrong: error.detail };
		throw error;
	}
}

/** Asks until the answer can be read, and says what is wrong with one that can't. */
async function askUntil<Answer>(
	shell: Shell,
	ask: Ask,
	question: string,
	example: string,
	read: (text: string) => Read<Answer>,
): Promise<Answer> {
	for (;;) {
		const found = read(await ask(question));
		if ("answer" in found) return found.answer;
		shell.say(`${found.wrong}; for example ${example}`);
	}
}
