import { addConfig, isRecord, jsonOf, numberIn } from "../config.js";
import { damaged } from "../damaged.js";
import type { RunState, TrackedRun } from "../run.js";
import { Trial } from "./trials.js";

/** Operations of a journal (optuna/storages/journal/_storage.py). */
const operations = { createStudy: 0, createTrial: 4, setParameter: 5, setState: 6, setIntermediate: 7, setUserAttribute: 8 } as const;
/** optuna.trial.TrialState. */
const states: readonly RunState[] = ["running", "finished", "pruned", "failed", "unknown"];
const waiting = 4;

/** The trials of an Optuna journal: one JSON text a line. A last line that isn't complete is left out. Throws `data/damaged`. */
export function readJournal(text: string, file: string): TrackedRun[] {
	const studies: string[] = [];
	const trials: Trial[] = [];
	const counts = new Map<number, number>();
	const lines = text.split("\n");
	for (const [at, line] of lines.entries()) {
		if (line.trim() === "") continue;
		const log = jsonOf(line);
		if (!isRecord(log)) {
			if (at === lines.length - 1) break;
			throw damaged(file, `line ${at + 1} is no JSON object`);
		}
		if (log.op_code === operations.createStudy) studies.push(String(log.study_name));
		else if (log.op_code === operations.createTrial) {
			const study = Number(log.study_id);
			const number = counts.get(study) ?? 0;
			counts.set(study, number + 1);
			const trial = new Trial(`trial ${number}`, studies[study] ?? `study ${study}`);
			trial.state = log.state === waiting ? "unknown" : stateOf(log.state);
			addWhole(trial, log);
			trials.push(trial);
		} else if (typeof log.trial_id === "number") {
			const trial = trials[log.trial_id];
			if (trial) change(trial, log);
		}
	}
	return trials.filter(({ state }) => state !== "unknown").map((trial) => trial.done()); // the others never started
}

/** The contents of a trial that is added as a whole. */
function addWhole(trial: Trial, { user_attrs, params, distributions, intermediate_values }: Readonly<Record<string, unknown>>): void {
	addConfig(trial.config, user_attrs);
	if (isRecord(params) && isRecord(distributions))
		for (const [name, value] of Object.entries(params)) trial.setParameter(name, value, jsonOf(String(distributions[name])));
	if (isRecord(intermediate_values))
		for (const [step, value] of Object.entries(intermediate_values)) {
			const reported = numberIn(value);
			if (reported !== undefined) trial.report(Number(step), reported);
		}
}

function change(trial: Trial, log: Readonly<Record<string, unknown>>): void {
	if (log.op_code === operations.setParameter) {
		const distribution = typeof log.distribution === "string" ? jsonOf(log.distribution) : log.distribution;
		trial.setParameter(String(log.param_name), log.param_value_internal, distribution);
	} else if (log.op_code === operations.setState) trial.state = stateOf(log.state);
	else if (log.op_code === operations.setIntermediate) {
		const value = numberIn(log.intermediate_value);
		if (typeof log.step === "number" && value !== undefined) trial.report(log.step, value);
	} else if (log.op_code === operations.setUserAttribute) addConfig(trial.config, log.user_attr);
}

const stateOf = (state: unknown): RunState => (typeof state === "number" ? (states[state] ?? "unknown") : "unknown");
