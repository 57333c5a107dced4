import { join } from "node:path";
import type { Answer } from "../../api/answer.js";
import { checkOutput } from "../../api/output-file.js";
import { runStored, type StoredRun } from "../../api/run-stored.js";
import { writeReportFile } from "../../api/write-report-file.js";
import { type Backend, bitsOf } from "../../core/backend.js";
import { SweetspotError } from "../../core/errors.js";
import { type Execution, executorNames } from "../../executors/table.js";
import type { RunEvent } from "../../runner/events.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { commandRemarks } from "../../study/workloads/command/problems.js";
import { isCommand, traitsOf } from "../../study/workloads/table.js";
import { findCommand } from "../../trainers/command/find.js";
import { timeAgain } from "../../words/advice.js";
import { reportBegun } from "../detached.js";
import { exitCode } from "../exit-codes.js";
import { storeFolder } from "../open-store.js";
import { backendOf, choiceOf, gpusOf, isOn, type RawOptions, textOf, wholeOf } from "../options.js";
import { reportTo } from "../report-to.js";
import type { Shell } from "../shell.js";
import { renderAnswer } from "../terminal/answer.js";
import { failuresText } from "../terminal/failures.js";
import { createProgress } from "../terminal/progress.js";

/** Throws where the report can't be written to the file that was named: before hours of work, not after. */
export function checkReport(shell: Shell, options: RawOptions): void {
	if (textOf(options, "out", shell.environment) !== undefined) checkOutput(reportTo(shell, options, ""));
}

/** Runs a stored study from where it stands to its answer, shows it, and writes the report. */
export async function carryOn(
	shell: Shell,
	store: Store,
	stored: StoredStudy,
	options: RawOptions,
	more: Pick<StoredRun, "grant" | "seconds"> = {},
): Promise<number> {
	const execution = executionOf(shell, options);
	refuseGpus(stored.study, options);
	const backend = backendFor(stored, options, shell.environment);
	if (isDetachedOnSlurm(shell, options) && stored.state !== "complete")
		return (await import("./detach-on-slurm.js")).detachOnSlurm(shell, store, stored, backend, execution, options);
	const progress = createProgress(shell, stored, { quiet: isOn(options, "quiet", shell.environment) });
	try {
		const onEvent = (event: RunEvent): void => {
			if (event.kind === "started") reportBegun(stored.id);
			progress.onEvent(event);
		};
		const answer = await runStored({ store, stored, backend, ...execution, signal: shell.interrupt, onEvent, ...more });
		progress.end();
		return present(shell, answer, options);
	} finally {
		progress.end();
	}
}

/**
 * What was asked for, as far as it gives the study's bits: a study keeps to those that it began with. `tune` without `--continue` has
 * chosen by them already; a variable of the environment is for new studies. Throws `usage/bad-value` where a flag asks for others.
 */
function backendFor({ id, study, backend: bits }: StoredStudy, options: RawOptions, environment: NodeJS.ProcessEnv): Backend | undefined {
	const backend = backendOf(options, environment);
	if (backend === undefined || bitsOf(backend) === bits) return backend;
	if (options.backend === undefined || !traitsOf(study.workload).hasBackend) return undefined;
	throw new SweetspotError(
		"usage/bad-value",
		`--backend is "${backend}", but ${id} began with ${bits}`,
		`omit --backend, or begin another study: \`sweetspot tune STUDY --backend ${backend}\``,
	);
}

/** Where trials shall run. Throws `usage/bad-value`. */
export const executionOf = ({ environment }: Shell, options: RawOptions): Execution => ({
	executor: choiceOf(options, "executor", executorNames, environment) ?? executorNames[0],
	workers: wholeOf(options, "workers", 1, environment),
	gpus: gpusOf(options, environment),
});

/** Whether a study is asked to go on by its own jobs in Slurm. More trials for a study that has ended are granted by a process here. */
export const isDetachedOnSlurm = (shell: Shell, options: RawOptions): boolean =>
	options.detach === true && options.continue === undefined && executionOf(shell, options).executor === "slurm";

/** What is worth a word of a study's command, before anything runs. */
export async function sayRemarks(shell: Shell, { workload }: Study): Promise<void> {
	if (!isCommand(workload)) return;
	for (const remark of commandRemarks(workload, await findCommand(workload))) shell.say(remark);
}

/** Only scripts are dealt GPUs: our own engine uses none. */
export function refuseGpus({ workload }: Study, options: RawOptions): void {
	if (options.gpus === undefined || traitsOf(workload).isProcess) return;
	throw new SweetspotError("usage/bad-value", "--gpus is for training scripts, but this study has no `workload.command`", "omit --gpus");
}

/**
 * The answer on standard output, the report on disk, and the exit code that fits. A report that can't be written is an error, but not
 * before the answer stands there: that is what was waited for.
 */
export function present(shell: Shell, answer: Answer, options: RawOptions): number {
	const { study, findings, trials, view, end } = answer;
	const file = reportTo(shell, options, `${study.id}.html`);
	let unwritten: { readonly error: unknown } | null = null;
	try {
		writeReportFile(file, answer.report("html"));
	} catch (error) {
		unwritten = { error };
	}
	if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify(answer.document, null, 2)}\n`);
	// How to continue a study that is not complete follows below.
	else shell.print(renderAnswer(shell.out, view, { report: unwritten ? null : file.path, withAdvice: end === "complete" }));
	const logs = traitsOf(study.study.workload).isProcess ? join(storeFolder(shell, options), "logs", study.id) : null;
	const failures = failuresText(trials, logs);
	if (failures !== null) shell.say(failures);
	if (end === "interrupted") shell.err.stream.write(`Interrupted. What is finished is kept; continue with: sweetspot resume ${study.id}\n`);
	if (end === "out of time") shell.say(`The budget of time is spent; continue with: ${timeAgain(study.id, study.study.budget.seconds)}`);
	if (unwritten) throw unwritten.error;
	if (end === "interrupted") return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
	if (findings.recommendation.verdict !== "found") return exitCode.unanswered;
	return trials.some(({ result }) => result.outcome === "failed") ? exitCode.someFailed : exitCode.done;
}
