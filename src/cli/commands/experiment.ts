import { experimentDocument, experimentsDocument } from "../../api/experiment-documents.js";
import { checkOutput } from "../../api/output-file.js";
import { concludeExperiment, experimentNamed, subjectNamed } from "../../api/run-experiment.js";
import { writeReportFile } from "../../api/write-report-file.js";
import { experiments } from "../../experiments/catalogue.js";
import { renderExperiment } from "../../report/experiment-html.js";
import { exitCode } from "../exit-codes.js";
import { openForWriting } from "../open-store.js";
import { isOn, type RawOptions, textOf, wholeOf, workersOf } from "../options.js";
import { reportTo } from "../report-to.js";
import type { Shell } from "../shell.js";
import { countProgress } from "../terminal/count-progress.js";
import { experimentLines } from "../terminal/experiment.js";
import { wrap } from "../terminal/text.js";

/** `sweetspot experiment list`: every textbook experiment and the question it answers. */
export async function listExperiments(shell: Shell, options: RawOptions): Promise<number> {
	if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify(experimentsDocument(), null, 2)}\n`);
	else {
		const widest = Math.max(...experiments.map(({ id }) => id.length)) + 2;
		for (const { id, question } of experiments) {
			shell.print(`${wrap(`${id.padEnd(widest)}${question}`, shell.out.width, widest).join("\n")}\n`);
		}
	}
	return exitCode.done;
}

/** `sweetspot experiment run ID`: runs one from wherever the store has it, and shows what it found. */
export async function runExperimentCommand(shell: Shell, id: string, options: RawOptions): Promise<number> {
	const { environment } = shell;
	const experiment = experimentNamed(id);
	const asked = {
		size: isOn(options, "full", environment) ? "full" : "quick",
		seed: wholeOf(options, "seed", 0, environment) ?? 0,
		data: subjectNamed(experiment, textOf(options, "data", environment)),
	} as const;
	const workers = workersOf(options, environment);
	const file = reportTo(shell, options, `experiment-${id}.html`);
	checkOutput(file);
	const store = openForWriting(shell, options);
	const progress = countProgress(shell.err, id, "tasks", isOn(options, "quiet", environment));
	try {
		const fresh = isOn(options, "fresh", environment);
		const signal = shell.interrupt;
		const { run, conclusion } = await concludeExperiment(experiment, { store, asked, fresh, workers, signal, onProgress: progress.show });
		progress.end();
		if (!conclusion) {
			shell.err.stream.write("Interrupted. What is finished is kept; the same command goes on from there.\n");
			return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
		}
		const command = `sweetspot experiment run ${id}${asked.size === "full" ? " --full" : ""}${asked.data === null ? "" : ` --data ${asked.data}`}${asked.seed === 0 ? "" : ` --seed ${asked.seed}`}`;
		if (isOn(options, "json", environment)) shell.print(`${JSON.stringify(experimentDocument(experiment, run, conclusion), null, 2)}\n`);
		else shell.print(experimentLines(shell.out, experiment, run, conclusion, file.path));
		writeReportFile(file, renderExperiment({ experiment, run, conclusion, command }));
		return exitCode.done;
	} finally {
		progress.end();
		store.close();
	}
}
