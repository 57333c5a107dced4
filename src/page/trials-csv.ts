import type { NumberedTrial } from "./trials-page.js";

/** What the table of trials has of one, and its setting and seeds in full. */
const columns: readonly (readonly [string, (trial: NumberedTrial) => string | number | null | undefined])[] = [
	["trial", ({ number }) => number],
	["phase", ({ spec }) => spec.phase],
	["batch_size", ({ spec }) => spec.batchSize],
	["learning_rate", ({ spec }) => spec.learningRate],
	["momentum", ({ spec }) => spec.momentum],
	["weight_decay", ({ spec }) => spec.weightDecay],
	["flags", ({ spec }) => spec.flags && JSON.stringify(spec.flags)],
	["seed_index", ({ spec }) => spec.seedIndex],
	["seed", ({ spec }) => spec.seed],
	["outcome", ({ result }) => result.outcome],
	["steps_to_target", ({ result }) => result.reached?.step],
	["steps", ({ result }) => result.steps],
	["examples", ({ result }) => result.examples],
	["seconds", ({ result }) => result.seconds],
	["where", ({ result }) => result.machine],
];

/** The trials as a table (RFC 4180), one line each, without their looks. Columns that no trial fills are left out. */
export function trialsCsv(trials: readonly NumberedTrial[]): string {
	const filled = columns.filter(([, of]) => trials.length === 0 || trials.some((trial) => (of(trial) ?? null) !== null));
	const lines = [filled.map(([title]) => title), ...trials.map((trial) => filled.map(([, of]) => cell(of(trial))))];
	return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

const cell = (value: string | number | null | undefined): string => {
	const text = String(value ?? "");
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
