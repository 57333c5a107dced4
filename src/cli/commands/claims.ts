import { claimsDocument, ledgerOf } from "../../api/experiment-documents.js";
import { concludeExperiment } from "../../api/run-experiment.js";
import { experiments } from "../../experiments/catalogue.js";
import type { LedgerEntry } from "../../experiments/claims/ledger.js";
import type { Store } from "../../study/contracts.js";
import { formatEstimate } from "../../words/numbers.js";
import { exitCode } from "../exit-codes.js";
import { openForReading, openForWriting } from "../open-store.js";
import { isOn, type RawOptions, wholeOf, workersOf } from "../options.js";
import type { Shell } from "../shell.js";
import { countProgress } from "../terminal/count-progress.js";
import { colorsOf } from "../terminal/terminal.js";
import { wrap } from "../terminal/text.js";

/** `sweetspot claims`: the ledger of claims, with verdicts from what has been run; with `--run`, what is missing is run first. */
export async function claims(shell: Shell, options: RawOptions): Promise<number> {
	const running = isOn(options, "run", shell.environment);
	const store = running ? openForWriting(shell, options) : openForReading(shell, options);
	try {
		if (running && store && !(await runMissing(shell, store, options))) {
			shell.err.stream.write("Interrupted. What is finished is kept; the same command goes on from there.\n");
			return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
		}
		const ledger = ledgerOf(store?.experiments ?? null);
		if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify(claimsDocument(ledger), null, 2)}\n`);
		else for (const entry of ledger) shell.print(`${entryLines(shell, entry).join("\n")}\n`);
		return exitCode.done;
	} finally {
		store?.close();
	}
}

/** False where it was interrupted. */
async function runMissing(shell: Shell, store: Store, options: RawOptions): Promise<boolean> {
	const { environment, interrupt: signal } = shell;
	const size = isOn(options, "full", environment) ? "full" : "quick";
	const asked = { size, seed: wholeOf(options, "seed", 0, environment) ?? 0, data: null } as const;
	const workers = workersOf(options, environment);
	for (const experiment of experiments) {
		const progress = countProgress(shell.err, experiment.id, "tasks", isOn(options, "quiet", environment));
		try {
			const { conclusion } = await concludeExperiment(experiment, {
				store,
				asked,
				fresh: false,
				workers,
				signal,
				onProgress: progress.show,
			});
			if (!conclusion) return false;
		} finally {
			progress.end();
		}
	}
	return true;
}

function entryLines({ out }: Shell, entry: LedgerEntry): string[] {
	const { bold, dim } = colorsOf(out);
	const width = Math.min(out.width, 100);
	const { id, statement, verdictInWords, holdsOn, effect, interval, experiment, cells } = entry;
	const figure = interval === null || interval.estimate === null || cells.length > 1 ? "" : `: ${formatEstimate(interval)}`;
	const measured = effect === null ? `(experiment ${experiment})` : `${effect}${figure}`;
	return [
		...wrap(`${id.padEnd(5)}${statement}`, width, 5).map(bold),
		...wrap(`     ${verdictInWords}: ${measured}`, width, 5).map(dim),
		...(cells.length > 1 ? wrap(`     Holds on: ${holdsOn}`, width, 5).map(dim) : []),
	];
}
