import { SweetspotError } from "../../core/errors.js";
import { type TrialSpec, trialKey } from "../../core/trial.js";
import { openParking } from "../../executors/cluster/detached/controller.js";
import { claimControllerStart, claimGeneration, highestGeneration } from "../../executors/cluster/detached/generations.js";
import {
	type DetachedOrder,
	lastSnapshot,
	lastStanding,
	readOrder,
	type Standing,
	writeStanding,
} from "../../executors/cluster/detached/order.js";
import { removePublished, removeRounds, submitRound } from "../../executors/cluster/detached/rounds.js";
import { requireAccepted, submitController } from "../../executors/cluster/slurm/controllers.js";
import { openStore } from "../../store/open.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { isTrainable, type TrainableStudy } from "../../study/study.js";
import { runStored } from "../run-stored.js";
import { untrainable } from "../untrainable.js";
import { publishSnapshot, unpackSnapshot, withScratch } from "./snapshot.js";

const lookMilliseconds = 1000;

/** What the study asks for next: the trials, and how long one takes on average. */
interface Round {
	readonly trials: readonly TrialSpec[];
	readonly meanSeconds: number | null;
}

/** Whether a controller could do its work here: its program runs (it does), has a disk, and may submit jobs. Throws where it couldn't. */
export async function checkControl(folder: string): Promise<void> {
	withoutJobVariables();
	const { options } = readOrder(folder);
	await withScratch((scratch) => openStore(scratch, { mode: "write" }).close());
	await requireAccepted(options, folder);
}

/**
 * A controller: goes on with the detached study in this folder for one round. It takes in what jobs have said, publishes a snapshot, and
 * submits the next round with the next controller behind it, or says how the study ended. Where another generation has taken over, it ends
 * without having written. `restarts`: how often Slurm has started this controller before.
 */
export async function control(folder: string, generation: number, restarts: number, interrupt: AbortSignal): Promise<void> {
	withoutJobVariables();
	const order = readOrder(folder);
	const isLate = () => highestGeneration(folder) > generation;
	if (isLate() || !claimControllerStart(folder, generation, restarts)) return;
	const late = new AbortController();
	const watch = setInterval(() => isLate() && late.abort(), lookMilliseconds);
	try {
		await withScratch((scratch) => new Controller(folder, generation, order, scratch, AbortSignal.any([interrupt, late.signal])).run());
	} finally {
		clearInterval(watch);
	}
}

class Controller {
	/** The trials that the study waits for; null: it has ended. */
	#round: Round | null = null;

	constructor(
		private readonly folder: string,
		private readonly generation: number,
		private readonly order: DetachedOrder,
		private readonly scratch: string,
		/** Aborted where it must end. */
		private readonly stop: AbortSignal,
	) {}

	async run(): Promise<void> {
		const { folder, generation, order, scratch } = this;
		unpackSnapshot(folder, lastSnapshot(folder), scratch);
		const store = openStore(scratch, { mode: "write" });
		let standing: Omit<Standing, "at">;
		let study: TrainableStudy;
		/** Null: a study whose first trials all fail is taken out of the store. */
		let stored: ReadonlySet<string> | null;
		try {
			const before = store.find(order.id);
			if (!isTrainable(before.study)) throw untrainable(before);
			study = before.study;
			standing = await this.#goOn(store, before, study);
			stored = isIn(store, order.id) ? new Set(store.trials(order.id).map(({ spec }) => trialKey(spec))) : null;
		} finally {
			store.close();
		}
		// Whoever claims this may publish and submit, and nobody else.
		if (!claimGeneration(folder, generation + 1)) return;
		if (stored !== null) {
			publishSnapshot(scratch, folder, generation);
			removeRounds(folder, (key) => stored.has(key));
			removePublished(folder, generation - 1);
		}
		if (standing.state === "waits" && this.#round !== null) standing = await this.#submit(this.#round, study);
		writeStanding(folder, generation, { ...standing, at: Date.now() });
	}

	/** Runs the study until it waits for a round of jobs, or ends. */
	async #goOn(store: Store, stored: StoredStudy, study: TrainableStudy): Promise<Omit<Standing, "at">> {
		const { folder, order, generation, stop } = this;
		const parked = new AbortController();
		const onRound = (trials: readonly TrialSpec[], meanSeconds: number | null) => {
			this.#round = { trials, meanSeconds };
			parked.abort();
		};
		const waited = Math.max(0, (Date.now() - (lastStanding(folder)?.at ?? Date.now())) / 1000);
		try {
			const { end } = await runStored({
				store,
				stored,
				backend: order.backend,
				executor: "slurm",
				workers: order.slots,
				gpus: null,
				signal: AbortSignal.any([stop, parked.signal]),
				onEvent(event) {
					if (event.kind === "lost") process.stdout.write(`lost, and run again: ${event.message}\n`);
					if (event.kind === "warning") process.stdout.write(`! ${event.text}\n`);
				},
				open: () => openParking(study, folder, order, generation, onRound),
			});
			const now = store.find(order.id);
			store.setState(order.id, now.state, waited, now.digest);
			if (end === "complete") return { state: "complete", problem: null };
			if (stop.aborted || this.#round === null) return { state: "ended", problem: "its controller was asked to end" };
			const { seconds } = study.budget;
			if (end === "out of time" || (seconds !== null && now.seconds + waited >= seconds))
				return { state: "ended", problem: "the budget of time is spent" };
			return { state: "waits", problem: null };
		} catch (error) {
			return { state: "ended", problem: wordsOf(error) };
		}
	}

	async #submit({ trials, meanSeconds }: Round, study: TrainableStudy): Promise<Omit<Standing, "at">> {
		const { folder, generation, order } = this;
		try {
			const array = await submitRound(trials, meanSeconds, study, folder, order, generation);
			await submitController({ ...order, folder }, order.options, generation + 1, array);
			process.stdout.write(`${trials.length} trials, as jobs ${array}\n`);
			return { state: "waits", problem: null };
		} catch (error) {
			return { state: "ended", problem: wordsOf(error) };
		}
	}
}

const isIn = (store: Store, id: string): boolean => store.list().some((study) => study.id === id);

function wordsOf(error: unknown): string {
	if (error instanceof SweetspotError) return `${error.message} (${error.fix})`;
	process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
	return `internal: ${error instanceof Error ? error.message : String(error)}`;
}

/** What Slurm says about a controller's own job in its environment is not meant for the jobs that it submits. */
function withoutJobVariables(): void {
	for (const name of Object.keys(process.env)) if (/^SLURM_(?!CONF$)/.test(name)) delete process.env[name];
}
