import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { TrialSpec } from "../../../core/trial.js";
import type { Executor } from "../../../study/contracts.js";
import type { TrainableStudy } from "../../../study/study.js";
import { isCommand } from "../../../study/workloads/table.js";
import { StudyFiles } from "../../../trainers/command/files.js";
import type { StudyExecutor } from "../../study-executor.js";
import { answered } from "../answered.js";
import { ClusterExecutor } from "../executor.js";
import { shortageIn } from "../folder.js";
import type { JobState } from "../job-system.js";
import { type Attempts, attemptsIn } from "./attempts.js";
import { type DetachedOrder, roundsIn, scriptsFolder } from "./order.js";
import { ParkingExecutor } from "./parking-executor.js";
import { makeSession, roundName, systemFor } from "./rounds.js";

/** The executor of a controller: it takes in what jobs have said, and finds out what the study asks for next. */
export async function openParking(
	study: TrainableStudy,
	folder: string,
	order: DetachedOrder,
	generation: number,
	onRound: (trials: readonly TrialSpec[], meanSeconds: number | null) => void,
): Promise<StudyExecutor> {
	const attempts = await arrivedAttempts(study, folder, order);
	const { meanSeconds } = attempts;
	const files = new StudyFiles(scriptsFolder(folder), order.id);
	const observed = new Observed(study, folder, order, generation, files);
	const executor = new ParkingExecutor(
		order.slots,
		attempts,
		(trials) => onRound(trials, meanSeconds),
		(...trial) => observed.run(...trial),
	);
	return {
		executor,
		stored(trial) {
			if (!isCommand(study.workload)) return;
			files.stored(trial);
			files.gone(trial);
		},
		async close(complete) {
			await executor.close();
			await observed.close();
			if (complete) files.finished();
		},
	};
}

/** What a job wrote last may become visible on this node a while after its end. Throws `store/full` where jobs had no room to write. */
async function arrivedAttempts(study: TrainableStudy, folder: string, order: DetachedOrder): Promise<Attempts> {
	const last = roundsIn(folder).at(-1) ?? 0;
	const system = systemFor(study, folder, order, roundName(last));
	const states = (await answered(system)) ?? new Map<string, JobState>();
	const byPlace = new Map([...states].map(([id, state]) => [Number(id.split("_")[1]), state]));
	const read = () =>
		attemptsIn(folder, order.base, isCommand(study.workload), (round, place) => (round === last ? (byPlace.get(place) ?? null) : null));
	const attempts = read();
	if (!attempts.hasSilent) return attempts;
	const shortage = shortageIn(folder);
	if (shortage) throw shortage;
	await delay(system.pace.arrival);
	return read();
}

/** Runs that are followed as they go, to time their steps: jobs for which the controller stays. */
class Observed {
	#executor: ClusterExecutor | null = null;

	constructor(
		private readonly study: TrainableStudy,
		private readonly folder: string,
		private readonly order: DetachedOrder,
		private readonly generation: number,
		private readonly files: StudyFiles,
	) {}

	run(...[trial, signal, onProgress]: Parameters<Executor["run"]>): ReturnType<Executor["run"]> {
		this.#executor ??= this.#open();
		return this.#executor.run(trial, signal, onProgress).finally(() => {
			this.files.stored(trial);
			this.files.gone(trial);
		});
	}

	async close(): Promise<void> {
		await this.#executor?.close();
	}

	#open(): ClusterExecutor {
		const { study, folder, order } = this;
		const jobs = join(folder, `observed-${this.generation}`);
		return new ClusterExecutor({
			system: systemFor(study, folder, order, `observed-${this.generation}`),
			slots: order.slots,
			folder: jobs,
			session: makeSession(jobs, folder, study, order),
			areScripts: isCommand(study.workload),
			keepLog: () => {},
			shortage: () => shortageIn(folder),
		});
	}
}
