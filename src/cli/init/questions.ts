import { SweetspotError } from "../../core/errors.js";
import { type Goal, goalMetric } from "../../core/goal.js";
import { formatCount } from "../../words/numbers.js";
import { goalFrom } from "../goal-flags.js";
import type { Shell } from "../shell.js";
import { countsEpochsAlone, describeFigures, type Figure, suggestedGoal, writtenGoal } from "./figures.js";
import { sequencesWords } from "./notices.js";

type Ask = NonNullable<Shell["ask"]>;

/** What only the user knows of the study; undefined where no flag says it. */
export interface Given {
	readonly examples: number | undefined;
	readonly goal: Goal | undefined;
}

/** What the script itself shows of them. */
export interface Seen {
	/** How many training examples it says that it has. */
	readonly examples: number | null;
	/** It trains on sequences of tokens. */
	readonly isAboutSequences: boolean;
}

/**
 * The number of examples and the goal: as flags say them, else as the user at the terminal does. Throws `init/missing-answer` where no one
 * can be asked, with all that is missing.
 */
export async function askRest(
	shell: Shell,
	{ examples, goal }: Given,
	figures: readonly Figure[],
	seen: Seen,
): Promise<{ readonly examples: number | null; readonly goal: Goal }> {
	const { ask } = shell;
	const epochsAlone = countsEpochsAlone(figures);
	if (ask)
		return {
			examples:
				examples ??
				(await askUntil(shell, ask, examplesQuestion(epochsAlone, seen), "50000", (text) => examplesFrom(text, epochsAlone, seen))),
			goal: goal ?? (await askGoal(shell, ask, figures)),
		};
	const suggested = seen.examples === null ? "--examples 50000" : `--examples ${seen.examples}`;
	if (goal !== undefined && (examples !== undefined || !epochsAlone)) {
		if (examples === undefined && seen.examples !== null)
			shell.say(
				`By what it says it has ${formatCount(seen.examples)} training examples: if so, say \`${suggested}\`.${sequencesRemark(seen)}`,
			);
		return { examples: examples ?? null, goal };
	}
	const missing = [
		...(examples === undefined && epochsAlone
			? [
					[
						`how many examples the training set has (the script reports epochs alone: how many steps those have depends on it${seen.examples === null ? "" : `; by what it says, ${formatCount(seen.examples)}`}${seen.isAboutSequences ? `; ${sequencesWords.replace(/[.]$/, "")}` : ""})`,
						suggested,
					],
				]
			: []),
		...(goal === undefined ? [[`what a run must reach (it prints ${describeFigures(figures)})`, goalFlag(figures[0])]] : []),
	];
	throw new SweetspotError(
		"init/missing-answer",
		missing.map(([what]) => what).join(", and "),
		`say it: for example \`${missing.map(([, flag]) => flag).join(" ")}\``,
	);
}

/** The flag that says the goal; where a metric's name doesn't show which way is better, both ways to write it. */
function goalFlag(figure: Figure): string {
	const suggested = suggestedGoal(figure);
	if (suggested !== null) return `--goal "${writtenGoal(suggested)}"`;
	const value = Number(figure.value.toPrecision(2));
	return `--goal "${figure.metric}>=${value}" where more of it is better, --goal "${figure.metric}<=${value}" where less is`;
}

const sequencesRemark = ({ isAboutSequences }: Seen): string => (isAboutSequences ? ` ${sequencesWords}` : "");

function examplesQuestion(needed: boolean, seen: Seen): string {
	const why = needed ? " It reports epochs alone: how many steps those have depends on it." : "";
	const otherwise = seen.examples !== null ? ` (Enter: ${seen.examples}, by what it says.)` : needed ? "" : " (Enter: not known.)";
	return `How many examples does the training set have?${why}${sequencesRemark(seen)}${otherwise}`;
}

/** What an answer says, or what is wrong with it. */
type Read<Answer> = { readonly answer: Answer } | { readonly wrong: string };

function examplesFrom(text: string, needed: boolean, seen: Seen): Read<number | null> {
	if (text === "" && (seen.examples !== null || !needed)) return { answer: seen.examples };
	const count = /^\d[\d,_ ]*$/.test(text) ? Number(text.replace(/[,_ ]/g, "")) : Number.NaN;
	if (Number.isSafeInteger(count) && count > 0) return { answer: count };
	return { wrong: `the number of examples is "${text}", expected a whole number of 1 or more` };
}

async function askGoal(shell: Shell, ask: Ask, figures: readonly Figure[]): Promise<Goal> {
	const suggested = suggestedGoal(figures[0]);
	if (suggested === null)
		return await askUntil(
			shell,
			ask,
			`What must a run reach? It prints ${describeFigures(figures)}: write >= where more is better, <= where less is.`,
			`${figures[0].metric}>=${Number(figures[0].value.toPrecision(2))}`,
			(text) => readGoal(text, figures),
		);
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
