import type { Experiment } from "../experiments/experiment.js";
import { Pace } from "../experiments/lab/pace.js";
import type { SubjectName } from "../experiments/lab/subjects.js";
import { experimentHash } from "../runner/run-experiment.js";
import type { ExperimentRuns } from "../study/experiment-runs.js";
import { schemaVersion } from "./answer-document.js";
import type { CampaignRun } from "./campaign.js";
import { comparedStep, quickSeconds, usualSecondsOf, usualStep, usualWorkers } from "./usual-seconds.js";
import { version } from "./version.js";

/** What one run would add to a store. */
export interface PlannedRun {
	readonly experiment: string;
	/** Null: the experiment's own. */
	readonly data: SubjectName | null;
	readonly seed: number;
	/** Of its tasks, those whose results are stored already are not run again. */
	readonly tasks: { readonly total: number; readonly stored: number };
	/** Of what is left; null: it can't be said beforehand. */
	readonly trainings: number | null;
	readonly steps: number | null;
	/** That the rest takes; null: not known. */
	readonly seconds: number | null;
	/** Where the seconds come from. */
	readonly basis: "stored" | "step times" | "earlier runs" | "quick size" | "not known";
}

type Tools = ConstructorParameters<typeof Pace>[0];

/** What `claims --run` would run. Times single steps for it, but trains nothing that is kept, and writes nothing. */
export async function planCampaign(
	campaign: readonly CampaignRun[],
	runs: ExperimentRuns | null,
	workers: number,
	tools: Tools,
): Promise<readonly PlannedRun[]> {
	const pace = new Pace(tools);
	const planned: PlannedRun[] = [];
	for (const one of campaign) planned.push(await plannedRun(one, runs, workers, pace));
	return planned;
}

async function plannedRun(
	{ experiment, asked }: CampaignRun,
	runs: ExperimentRuns | null,
	workers: number,
	pace: Pace,
): Promise<PlannedRun> {
	const settings = experiment.settings(asked);
	const tasks = experiment.tasks(settings);
	const run = runs?.find(experimentHash(experiment.id, settings, version));
	const stored = run && runs ? runs.results(run.key) : new Map<number, unknown>();
	const left = tasks.filter((_, place) => !stored.has(place));
	const about = { experiment: experiment.id, data: asked.data, seed: asked.seed, tasks: { total: tasks.length, stored: stored.size } };
	if (left.length === 0) return { ...about, trainings: 0, steps: 0, seconds: 0, basis: "stored" };
	const work = left.map((task) => experiment.work(task));
	const known = work.filter((one) => one !== null);
	// Tasks that time the engine take seconds; those of other experiments are all alike in that their work can't be said.
	if (known.length < left.filter((task) => !experiment.isTimed(task)).length || known.length === 0) {
		return {
			...about,
			trainings: null,
			steps: null,
			...(await fromBefore(experiment, asked, left.length / tasks.length, workers, pace)),
		};
	}
	let [trainings, steps, seconds] = [0, 0, 0];
	for (const one of known) {
		const { amount, seconds: own } = await pace.of(one);
		trainings += amount.trainings;
		steps += amount.steps.reduce((sum, { count }) => sum + count, 0);
		seconds += own;
	}
	return { ...about, trainings, steps, seconds: seconds / workers, basis: "step times" };
}

/** From what the experiment took elsewhere, by the ratio of a step's time here and there; in proportion to what is left. */
async function fromBefore(
	{ id }: Experiment,
	{ size, data }: CampaignRun["asked"],
	share: number,
	workers: number,
	pace: Pace,
): Promise<Pick<PlannedRun, "seconds" | "basis">> {
	if (size === "quick") return { seconds: share * quickSeconds, basis: "quick size" };
	const usual = usualSecondsOf(id, data);
	if (usual === undefined) return { seconds: null, basis: "not known" };
	const { seconds: step } = await pace.of(comparedStep);
	return { seconds: (share * usual * (step / usualStep) * usualWorkers) / workers, basis: "earlier runs" };
}

/** Of all runs whose time is known. */
export const totalSeconds = (planned: readonly PlannedRun[]): number => planned.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);

/** What `claims --plan --json` prints. */
export const campaignDocument = (planned: readonly PlannedRun[], workers: number) => ({
	schemaVersion,
	workers,
	runs: planned,
	total: {
		seconds: totalSeconds(planned),
		/** Experiments whose time isn't in it. */
		notKnown: planned.filter(({ seconds }) => seconds === null).map(({ experiment, data }) => ({ experiment, data })),
	},
});
