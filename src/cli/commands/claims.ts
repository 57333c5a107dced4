import { campaignOf } from "../../api/campaign.js";
import { campaignDocument, planCampaign } from "../../api/campaign-plan.js";
import { claimsDocument, ledgerOf } from "../../api/experiment-documents.js";
import { concludeExperiment } from "../../api/run-experiment.js";
import { SweetspotError } from "../../core/errors.js";
import { fashionMnist } from "../../data/sources/fashion-mnist.js";
import type { LedgerEntry } from "../../experiments/claims/ledger.js";
import type { Size } from "../../experiments/experiment.js";
import type { Store } from "../../study/contracts.js";
import { vectorsOrNull } from "../../trainers/node.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { exitCode } from "../exit-codes.js";
import { openForReading, openForWriting } from "../open-store.js";
import { isOn, type RawOptions, wholeOf, workersOf } from "../options.js";
import type { Shell } from "../shell.js";
import { campaignLines } from "../terminal/campaign.js";
import { claimLines, ledgerLines, outputOf } from "../terminal/claims.js";
import { countProgress } from "../terminal/count-progress.js";

/**
 * `sweetspot claims [ID]`: the ledger of claims, or one of them, with verdicts from what has been run; with `--run`, what is missing is run
 * first.
 */
export async function claims(shell: Shell, id: string | undefined, options: RawOptions): Promise<number> {
	if (isOn(options, "plan", shell.environment)) return await planClaims(shell, id, options);
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

/** `--plan`: what `--run` would run. Reads the store, and makes none. */
async function planClaims(shell: Shell, id: string | undefined, options: RawOptions): Promise<number> {
	const { environment } = shell;
	if (id !== undefined)
		throw new SweetspotError("usage/bad-value", `claims ${id} --plan`, "leave out the claim: a campaign runs all experiments");
	const size = sizeOf(shell, options);
	const seed = wholeOf(options, "seed", 0, environment) ?? 0;
	const workers = workersOf(options, environment);
	const store = openForReading(shell, options);
	try {
		const campaign = campaignOf(size, seed, await hasImages(shell, size));
		const tools = { read: readBytes, native: await vectorsOrNull() };
		const planned = await planCampaign(campaign, store?.experiments ?? null, workers, tools);
		if (isOn(options, "json", environment)) shell.print(`${JSON.stringify(campaignDocument(planned, workers), null, 2)}\n`);
		else {
			const seeded = seed === 0 ? "" : ` --seed ${seed}`;
			const command = `sweetspot claims --run${size === "full" ? " --full" : ""}${seeded}`;
			shell.print(`${campaignLines(planned, workers, command, outputOf(shell.out)).join("\n")}\n`);
		}
		return exitCode.done;
	} finally {
		store?.close();
	}
}

const sizeOf = (shell: Shell, options: RawOptions): Size => (isOn(options, "full", shell.environment) ? "full" : "quick");

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
	const size = sizeOf(shell, options);
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
