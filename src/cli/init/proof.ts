import type { Attempt, CommandStudy, Tried } from "../../api/try-command.js";
import { tryCommand } from "../../api/try-command.js";
import { goalMetric } from "../../core/goal.js";
import { formatNumber, formatSeconds } from "../../report/numbers.js";
import { trainerName } from "../../study/study.js";

/** What one short run showed: that metrics arrive, or what is missing. */
export interface Proof {
	readonly arrived: boolean;
	readonly words: readonly string[];
	/** What the script printed, for patterns to be guessed from. */
	readonly printed: readonly string[];
}

/** The last lines of what was printed that are shown where nothing arrived. */
const shown = 8;

/** Runs the script once for a few seconds. */
export async function prove(study: CommandStudy, attempt: Attempt, signal: AbortSignal): Promise<Proof> {
	const tried = await tryCommand(study, attempt, signal);
	const { result, printed } = tried;
	const arrived = result.evaluations.length > 0;
	return { arrived, printed, words: arrived ? seen(study, tried) : missing(study, attempt, tried) };
}

function seen({ goal }: CommandStudy, { result }: Tried): readonly string[] {
	const [first] = result.evaluations;
	const metric = goalMetric(goal);
	const { clock } = result;
	const pace = clock && !clock.startUp ? `; a step takes ${formatSeconds(clock.seconds / clock.steps)}` : "";
	return [
		`Metrics arrive: ${metric} was ${formatNumber(first.metrics[metric] ?? Number.NaN)} after ${first.step} step${first.step === 1 ? "" : "s"}, ${formatSeconds(result.seconds)} from its start${pace}.`,
		...(result.outcome === "stopped" ? ["The script ended by itself: make sure that it trains for as long as `limits` allows."] : []),
	];
}

function missing({ goal, workload }: CommandStudy, { seconds }: Attempt, { result, printed }: Tried): readonly string[] {
	const [headline = result.outcome] = (result.message ?? "").split("\n");
	const metric = goalMetric(goal);
	const how =
		result.outcome === "timed out"
			? `${trainerName(workload)} ran for ${seconds} s, and no ${metric} arrived${result.steps > 0 ? `, though it reported up to step ${result.steps}` : ""}`
			: `${trainerName(workload)}: ${headline}`;
	const last = printed.slice(-shown);
	return [
		`${how}.`,
		...(last.length > 0 ? ["The last that it printed:", ...last.map((line) => `  ${line.slice(0, 160)}`)] : ["It printed nothing."]),
	];
}
