import { isRecord, jsonOf, numberIn } from "./config.js";
import { Curves, keepAll } from "./curves.js";
import { damaged } from "./damaged.js";
import type { ConfigValue, TrackedRun } from "./run.js";

/** Whether a text is that of a `trainer_state.json`. */
export const isTrainerState = (state: unknown): boolean => isRecord(state) && Array.isArray(state.log_history);

/** What the trainer logs about itself, and what it sums up at the end. */
const notMetrics: ReadonlySet<string> = new Set(["step", "total_flos", "train_loss", "train_runtime"]);

/**
 * The run in a `trainer_state.json` of Hugging Face's trainer. `name`: of the folder that holds its checkpoints. Throws
 * `data/damaged`.
 */
export function readTrainerState(text: string, name: string, file: string): TrackedRun {
	const state = jsonOf(text);
	if (!isRecord(state) || !Array.isArray(state.log_history)) throw damaged(file, "it has no log_history");
	const curves = new Curves(keepAll);
	for (const entry of state.log_history as readonly unknown[]) {
		if (!isRecord(entry) || typeof entry.step !== "number") continue;
		for (const [key, value] of Object.entries(entry)) {
			const number = numberIn(value);
			if (number !== undefined && !notMetrics.has(key)) curves.add(key === "loss" ? "train/loss" : key, "updates", entry.step, number);
		}
	}
	const config = new Map<string, ConfigValue>();
	// Per device, though its name doesn't say so. The accumulation is only in training_args.bin, a pickle, which is never loaded.
	if (typeof state.train_batch_size === "number") config.set("per_device_train_batch_size", state.train_batch_size);
	if (typeof state.num_train_epochs === "number") config.set("num_train_epochs", state.num_train_epochs);
	return { name, group: null, config, curves: curves.done(), state: "unknown" };
}
