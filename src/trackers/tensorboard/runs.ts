import { basename, dirname } from "node:path";
import { Curves, type Keep } from "../curves.js";
import type { Axis, ConfigValue, RunState, TrackedRun } from "../run.js";
import type { EventFile } from "./events.js";

/** The event files of one folder, and the settings of a `hparams.yaml` next to them, as Lightning keeps it. */
export interface EventFolder {
	/** Relative to the folder that is imported. */
	readonly folder: string;
	readonly files: readonly EventFile[];
	readonly config: ReadonlyMap<string, ConfigValue>;
	/** Lightning's steps are the index of the last batch. */
	readonly byLightning: boolean;
}

/** Folders of one training in which Keras keeps what it measures on each set. */
const sets: ReadonlyMap<string, string> = new Map([
	["train", "train"],
	["validation", "val"],
]);

/** Hugging Face's trainer logs each run to a folder in `runs`, named by time and host. */
const hostFolder = /^(.+?)\/runs\/[A-Z][a-z]{2}\d\d_[^/]*$/;

interface Gathered {
	readonly folders: { readonly set: string | null; readonly folder: EventFolder }[];
}

/**
 * The runs in folders of event files. One folder is one run, with two exceptions: `add_hparams` writes the settings into a subfolder of the
 * run's folder, and Keras keeps `train` and `validation` in separate folders.
 */
export function runsOfFolders(folders: readonly EventFolder[], keep: Keep): TrackedRun[] {
	const names = new Set(folders.map(({ folder }) => folder));
	const runs = new Map<string, Gathered>();
	for (const folder of folders) {
		const parent = dirname(folder.folder);
		const set = sets.get(basename(folder.folder)) ?? null;
		const byKeras = set !== null && folder.files.some(({ counts }) => [...counts.keys()].some((tag) => tag.startsWith("epoch_")));
		const name = byKeras || (isSettingsOnly(folder) && names.has(parent)) ? parent : folder.folder;
		const run = runs.get(name) ?? { folders: [] };
		runs.set(name, run);
		run.folders.push({ set: byKeras ? set : null, folder });
	}
	return [...runs].map(([name, { folders }]) => runOf(name, folders, keep));
}

/** A folder of `add_hparams`: settings, and each metric once, as it was at the end. */
function isSettingsOnly({ files }: EventFolder): boolean {
	const seen = new Set<string>();
	for (const { counts } of files)
		for (const [tag, count] of counts) {
			if (count > 1 || seen.has(tag)) return false;
			seen.add(tag);
		}
	return files.some(({ config }) => config.size > 0);
}

function runOf(name: string, folders: Gathered["folders"], keep: Keep): TrackedRun {
	const curves = new Curves(keep);
	const config = new Map<string, ConfigValue>();
	let state: RunState = "unknown";
	for (const { set, folder } of folders) {
		for (const [key, value] of folder.config) config.set(key, value);
		const isRunsOwn = folders.length === 1 || set !== null || !isSettingsOnly(folder);
		// By their start: if a run was restarted, the later file counts from where it continues.
		for (const { curves: found, config: settings, ended } of [...folder.files].sort((a, b) => a.begun - b.begun)) {
			for (const [key, value] of settings) config.set(key, value);
			state = ended ?? state;
			if (isRunsOwn)
				for (const [tag, curve] of found) {
					const [metric, axis] = named(tag, set, folder.byLightning);
					curves.addAll(metric, curve, axis);
				}
		}
	}
	return { name: hostFolder.exec(name)?.[1] ?? name, group: null, config, curves: curves.done(), state };
}

/** A tag as a metric's name, and what its steps count. */
function named(tag: string, set: string | null, byLightning: boolean): readonly [string, Axis] {
	if (set === null) return [tag, byLightning ? "updates from 0" : "unknown"];
	const keras = namedByKeras(tag, set);
	return keras ? [keras.metric, keras.byEpoch ? "epochs from 0" : "updates"] : [tag, "unknown"];
}

/**
 * The metric of one of Keras' tags: it writes `epoch_accuracy` against epochs from 0, and knows its set by the folder. Null where the tag,
 * or the folder, isn't one of Keras'.
 */
export function namedByKeras(tag: string, folder: string): { readonly metric: string; readonly byEpoch: boolean } | null {
	const set = [...sets.entries()].find(([name, short]) => folder === name || folder === short)?.[1];
	if (set === undefined) return null;
	const byEpoch = /^epoch_(.+)$/.exec(tag);
	if (byEpoch) return { metric: `${set}/${byEpoch[1]}`, byEpoch: true };
	const byUpdate = /^evaluation_(.+)_vs_iterations$/.exec(tag);
	return byUpdate ? { metric: `${set}/${byUpdate[1]} vs iterations`, byEpoch: false } : null;
}
