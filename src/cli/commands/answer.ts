import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BestSeen, bestSeen } from "../../analysis/best-seen.js";
import type { Findings } from "../../analysis/findings.js";
import { SweetspotError } from "../../core/errors.js";
import type { FinishedTrial } from "../../core/trial.js";
import { inlineExecutor } from "../../executors/inline.js";
import { workersExecutor } from "../../executors/workers.js";
import { renderReport } from "../../report/html.js";
import { findingsOf } from "../../runner/findings.js";
import type { RunEnd } from "../../runner/run-study.js";
import { runSession, type Session } from "../../runner/session.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { tradeoffDesign } from "../../study/tradeoff/design.js";
import { createTrainer } from "../../trainers/node.js";
import { answerDocument } from "../documents.js";
import { exitCode } from "../exit-codes.js";
import { describeMachine } from "../machine.js";
import { storeFolder } from "../open-store.js";
import { choiceOf, isOn, type RawOptions, textOf, workersOf } from "../options.js";
import type { Shell } from "../shell.js";
import { renderAnswer } from "../terminal/answer.js";
import { createProgress } from "../terminal/progress.js";

/** The module that makes a study's trainer, as executor threads import it. */
const trainerModule = new URL("../../trainers/node.js", import.meta.url).href;

/** Runs a stored study from where it stands to its answer, shows it, and writes the report. */
export async function carryOn(
	shell: Shell,
	store: Store,
	stored: StoredStudy,
	options: RawOptions,
	{ grant, seconds }: Pick<Session, "grant" | "seconds"> = { grant: 0, seconds: secondsLeft(stored) },
): Promise<number> {
	const trainer = await createTrainer(stored.study);
	const { inline, workers } = executionOf(shell, options);
	const executor = inline ? inlineExecutor(trainer) : workersExecutor(stored.study, trainerModule, workers);
	const progress = createProgress(shell, stored, { quiet: isOn(options, "quiet") });
	try {
		const { end, findings } = await runSession({
			stored,
			store,
			design: tradeoffDesign,
			executor,
			trainer,
			machine: describeMachine(),
			grant,
			seconds,
			signal: shell.interrupt,
			onEvent: progress.onEvent,
		});
		progress.end();
		return present(shell, store, store.find(stored.id), findings, options, end);
	} finally {
		progress.end();
		await executor.close();
	}
}

/** Where trials shall run. Throws `usage/bad-value`. */
export const executionOf = ({ environment }: Shell, options: RawOptions) => ({
	inline: choiceOf(options, "executor", ["workers", "inline"], environment) === "inline",
	workers: workersOf(options, environment),
});

/** Whether a complete study still wants its test results: it ended in the middle of them. */
export function lacksTest(store: Store, { id, study }: StoredStudy): boolean {
	if (study.data.test === 0 || store.testResults(id).length > 0) return false;
	return tradeoffDesign.answers(study, store.trials(id)).some(({ state }) => state === "reached");
}

/** Seconds left of the study's own budget. */
const secondsLeft = ({ study: { budget }, seconds }: StoredStudy): number | null =>
	budget.seconds === null ? null : budget.seconds - seconds;

/** Shows what the store has of a study, and writes its report. */
export async function presentStored(shell: Shell, store: Store, stored: StoredStudy, options: RawOptions): Promise<number> {
	return present(shell, store, stored, findingsOf(stored, store, tradeoffDesign), options, "complete");
}

/**
 * The answer on standard output, the report on disk, and the exit code that fits. A report that can't be written is an error, but not before the
 * answer stands there: that is what was waited for.
 */
function present(shell: Shell, store: Store, stored: StoredStudy, findings: Findings, options: RawOptions, end: RunEnd): number {
	const trials = store.trials(stored.id);
	const reportFile = textOf(options, "out", shell.environment) ?? join(storeFolder(shell, options), "reports", `${stored.id}.html`);
	let unwritten: { readonly error: unknown } | null = null;
	try {
		writeReport(reportFile, renderReport(reportInput(store, stored, findings, trials)));
	} catch (error) {
		unwritten = { error };
	}
	if (isOn(options, "json")) shell.print(`${JSON.stringify(answerDocument(stored, findings, trials, end === "out of time"), null, 2)}\n`);
	else
		shell.print(
			renderAnswer(shell.out, stored, findings, {
				report: unwritten ? null : reportFile,
				bestSeen: bestOfMissed(stored, findings, trials),
			}),
		);
	if (end === "interrupted") {
		shell.err.stream.write(`Interrupted. What is finished is kept; go on with: sweetspot resume ${stored.id}\n`);
	}
	if (end === "out of time") shell.say(`The budget of time is spent; go on with: sweetspot tune --continue ${stored.id} --budget 2min`);
	if (unwritten) throw unwritten.error;
	if (end === "interrupted") return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
	if (findings.recommendation.verdict !== "found") return exitCode.unanswered;
	return trials.some(({ result }) => result.outcome === "failed") ? exitCode.someFailed : exitCode.done;
}

/** How close a study came whose goal no batch size reached; null for any other, whose answer doesn't tell: it takes reading every look. */
export const bestOfMissed = ({ study }: StoredStudy, { recommendation }: Findings, trials: readonly FinishedTrial[]): BestSeen | null =>
	recommendation.verdict === "not reached" ? bestSeen(study.goal, trials) : null;

/** What a report is made of. */
export function reportInput(store: Store, stored: StoredStudy, findings: Findings, trials: readonly FinishedTrial[]) {
	return {
		stored,
		findings,
		trials,
		calibrationMachine: store.calibration(stored.id)?.machine ?? null,
		command: repeatCommand(stored),
		generated: new Date().toISOString(),
	};
}

/** The command that repeats a study, once its settings are saved as a file. */
const repeatCommand = ({ study }: StoredStudy): string =>
	`sweetspot tune ${study.name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^-+|-+$/g, "") || "study"}.yaml`;

/** Writes a report, with its folder. Throws `report/unwritable`. */
export function writeReport(file: string, text: string): void {
	try {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	} catch (cause) {
		throw new SweetspotError("report/unwritable", `${file} (${(cause as Error).message})`, "name a writable file with --out", { cause });
	}
}
