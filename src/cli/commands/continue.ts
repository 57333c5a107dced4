import { answerFrom } from "../../api/answer.js";
import { studyToRun } from "../../api/study-to-run.js";
import { SweetspotError } from "../../core/errors.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { isLadder } from "../../study/ladder/is-ladder.js";
import { isTrainable, type Study } from "../../study/study.js";
import { formatCount, formatSeconds } from "../../words/numbers.js";
import { surerBudget } from "../../words/track-record.js";
import { type Budget, budgetOf } from "../budget.js";
import { exitCode } from "../exit-codes.js";
import { openExisting, openForWriting } from "../open-store.js";
import { isOn, type OptionName, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { carryOn } from "./answer.js";

/** Grants a stored study the trials that would decide it, as far as the budget goes, and answers again. */
export async function continueStudy(shell: Shell, id: string, file: string | undefined, options: RawOptions): Promise<number> {
	refuseChanges(file, options);
	const budget = budgetOf(options, shell.environment);
	openExisting(shell, options, id).close();
	const store = openForWriting(shell, options);
	try {
		const stored = store.find(id);
		if (isTrainable(stored.study) && isLadder(stored.study)) return await continueLadder(shell, store, stored, budget, options);
		if (isOn(options, "whole", shell.environment))
			throw new SweetspotError(
				"usage/bad-value",
				`--whole goes on from an answer for a budget, and ${id} is none`,
				`continue it without --whole: \`sweetspot tune --continue ${id}\``,
			);
		if (stored.state !== "complete") shell.say(`${stored.id} is not finished: first its own trials, then what would decide it.`);
		if (budget !== undefined && "trainings" in budget)
			throw new SweetspotError(
				"usage/bad-value",
				"--budget is in trainings",
				"With --continue give trials or a time, such as `--budget 10`.",
			);
		const grant = budget === undefined ? "advised" : "trials" in budget ? budget.trials : Number.POSITIVE_INFINITY;
		const seconds = budget !== undefined && "seconds" in budget ? budget.seconds : null;
		const code = await carryOn(shell, store, stored, options, { grant, seconds });
		const more = store.find(stored.id).trials - stored.trials;
		if (store.find(stored.id).state === "complete") shell.say(outcomeOf(code, more));
		return code;
	} finally {
		store.close();
	}
}

/** A study is continued as it stands: what would make another one of it is refused. */
function refuseChanges(file: string | undefined, options: RawOptions): void {
	const changing = (["seed", "set", "objective", "compare", "fresh"] as const satisfies readonly OptionName[]).filter(
		(name) => options[name] !== undefined,
	);
	if (file === undefined && changing.length === 0) return;
	throw new SweetspotError(
		"usage/bad-value",
		`--continue goes on with a stored study as it is, but there is ${file === undefined ? `--${changing[0]}` : `a study file (${file})`} as well`,
		"Omit that, or run another study without --continue.",
	);
}

/** Whether more trials settled it. */
function outcomeOf(code: number, more: number): string {
	const trials = trialsWords(more, "more ");
	if (code === exitCode.unanswered)
		return more === 0 ? "Nothing was left to run that would decide it." : `Not decided: the budget is spent, on ${trials}.`;
	return more === 0 ? "It was decided already." : `Decided, with ${trials}.`;
}

export const trialsWords = (count: number, more = ""): string => `${formatCount(count)} ${more}${count === 1 ? "trial" : "trials"}`;

/**
 * From a ladder's answer to a surer one. Where its time ended first, it goes on, for as long as `given` says. Else it goes on with a larger
 * budget: by default the next one with a record, after the last the whole study. A larger budget keeps every run. The whole study tunes
 * every batch size on seeds of its own, so that no run both chooses and reports: it begins anew, and the ladder's answer stays in the store.
 */
async function continueLadder(
	shell: Shell,
	store: Store,
	ladder: StoredStudy,
	given: Budget | undefined,
	options: RawOptions,
): Promise<number> {
	const isWhole = isOn(options, "whole", shell.environment);
	if (ladder.state !== "complete" && !isWhole && (given === undefined || "seconds" in given))
		return await carryOn(shell, store, ladder, options, { seconds: given === undefined ? null : given.seconds });
	const { id, study } = ladder;
	const budget = isWhole ? {} : largerBudget(ladder, answerFrom(store, ladder).findings.cost.trainings, given);
	const { stored, taken } = studyToRun(store, { ...study, budget: { trials: null, seconds: null, ...budget } }, false, ladder.backend);
	const kept = taken ? `, begun with its ${trialsWords(taken.trials)}` : "";
	shell.say(
		`Going on from ${id} with ${budgetWords(budget)}, as ${stored.id}${stored.trials > (taken?.trials ?? 0) ? ", which the store has begun" : kept}.`,
	);
	const searched = () => store.trials(stored.id).filter(({ spec }) => spec.phase !== "baseline").length;
	const before = searched();
	const code = await carryOn(shell, store, stored, options);
	if (store.find(stored.id).state === "complete" && searched() === before)
		shell.say("The search had nothing left to run: the larger budget added nothing to it.");
	return code;
}

/**
 * The budget to go on with. Trainings are those of the whole answer; trials are further runs; in a time the ladder goes as far as it gets.
 * Empty: the whole study. `price`: of the answer so far, in trainings, where it is known.
 */
function largerBudget({ id, study }: StoredStudy, price: number | null, given: Budget | undefined): Partial<Study["budget"]> {
	const { trainings: had, trials } = study.budget;
	const next = surerBudget(had ?? price ?? 0);
	if (given === undefined) return next === undefined ? {} : { trainings: next };
	if ("seconds" in given) return { ...(next !== undefined && { trainings: next }), seconds: given.seconds };
	if ("trials" in given && trials !== null) return { trials: trials + given.trials };
	if ("trainings" in given && given.trainings > (had ?? 0)) return given;
	const example = next === undefined ? "`--whole` for the whole study" : `\`--budget ${next}x\`, or \`--whole\` for the whole study`;
	if ("trials" in given)
		throw new SweetspotError("usage/bad-value", `${id} had a budget of trainings, and --budget is in trials`, `For example ${example}.`);
	throw new SweetspotError(
		"usage/bad-value",
		`${id} had ${formatCount(had ?? 0)} trainings, and --budget isn't more trainings`,
		`For example ${example}.`,
	);
}

function budgetWords({ trainings, trials, seconds }: Partial<Study["budget"]>): string {
	const most = [
		...(trainings === undefined ? [] : [`${formatCount(trainings)} trainings`]),
		...(trials ? [`${formatCount(trials)} trials`] : []),
		...(seconds ? [formatSeconds(seconds)] : []),
	];
	return most.length === 0 ? "the whole study" : most.join(" and at most ");
}
