import { campaignOf } from "../../api/campaign.js";
import { claimsDocument, ledgerOf } from "../../api/experiment-documents.js";
import { concludeExperiment } from "../../api/run-experiment.js";
import { SweetspotError } from "../../core/errors.js";
import { fashionMnist } from "../../data/sources/fashion-mnist.js";
import type { LedgerEntry } from "../../experiments/claims/ledger.js";
import type { Size } from "../../experiments/experiment.js";
import type { Store } from "../../study/contracts.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { exitCode } from "../exit-codes.js";
import { openForReading, openForWriting } from "../open-store.js";
import { isOn, type RawOptions, wholeOf, workersOf } from "../options.js";
import type { Shell } from "../shell.js";
import { claimLines, ledgerLines, outputOf } from "../terminal/claims.js";
import { countProgress } from "../terminal/count-progress.js";

/**
 * `sweetspot claims [ID]`: the ledger of claims, or one of them, with verdicts from what has been run; with `--run`, what is missing is run
 * first.
 */
export async function claims(shell: Shell, id: string | undefined, options: RawOptions): Promise<number> {
	const running = isOn(options, "run", shell.environment);
	const store = running ? openForWriting(shell, options) : openForReading(shell, options);
	try {
		if (running && store && !(await runMissing(shell, store, options))) {
			shell.err.stream.write("Interrupted. What is finished is kept; the same command goes on from there.\n");
			return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
		}
		const ledger = asked(id, ledgerOf(store?.experiments ?? null));
		const output = outputOf(shell.out);
		if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify(claimsDocument(ledger), null, 2)}\n`);
		else shell.print(`${(id === undefined ? ledgerLines(ledger, output) : claimLines(ledger[0], output)).join("\n")}\n`);
		return exitCode.done;
	} finally {
		store?.close();
	}
}

/** All of the ledger, or the claim of this id. Throws `claim/unknown`. */
function asked(id: string | undefined, ledger: readonly LedgerEntry[]): readonly LedgerEntry[] {
	if (id === undefined) return ledger;
	const own = ledger.filter((entry) => entry.id.toLowerCase() === id.toLowerCase());
	if (own.length > 0) return own;
	throw new SweetspotError("claim/unknown", JSON.stringify(id), "`sweetspot claims` lists them, such as C8 or C32a");
}

/** False where it was interrupted. */
async function runMissing(shell: Shell, store: Store, options: RawOptions): Promise<boolean> {
	const { environment, interrupt: signal } = shell;
	const size = isOn(options, "full", environment) ? "full" : "quick";
	const seed = wholeOf(options, "seed", 0, environment) ?? 0;
	const workers = workersOf(options, environment);
	for (const { experiment, asked } of campaignOf(size, seed, await hasImages(shell, size))) {
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

/** Images are asked for at the published size alone; where they aren't installed, that is said. */
async function hasImages(shell: Shell, size: Size): Promise<boolean> {
	if (size === "quick") return false;
	if (await fashionMnist.isThere(readBytes)) return true;
	shell.err.stream.write("Without Fashion-MNIST, which is not installed: sudo apt-get install -y dataset-fashion-mnist\n");
	return false;
}
