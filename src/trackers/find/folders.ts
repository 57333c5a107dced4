import { basename, dirname } from "node:path";
import { readTable } from "../../data/csv/reader.js";
import { readTrainerState } from "../hugging-face.js";
import { type MlflowFolder, runOfFolder } from "../mlflow/folder.js";
import type { TrackedRun } from "../run.js";
import { isOneRun, readOneRun } from "../tables/one-run.js";
import { readEvents } from "../tensorboard/events.js";
import { namedByKeras, runsOfFolders } from "../tensorboard/runs.js";
import { readWandb, runsOfFiles } from "../wandb/local.js";
import { flatYaml } from "../yaml.js";
import type { Config, Folder, FormatName, Reading } from "./formats.js";

/** A format whose runs lie in several files: which of the files are its own, and how they are read. */
interface FolderFormat {
	readonly format: FormatName;
	readonly owns: (file: string, all: ReadonlySet<string>) => boolean;
	readonly read: (folder: Folder, own: readonly string[], reading: Reading) => Promise<readonly TrackedRun[]>;
}

const text = async (folder: Folder, file: string): Promise<string> => new TextDecoder().decode(await folder.read(file));

/** The folder of a file as a run's name; of files at the root, the root's own. */
const nameOf = (folder: Folder, path: string): string => (path === "." ? basename(folder.root) : path);

/** Settings next to a run's metrics, as Lightning keeps them. */
async function hparamsNextTo(folder: Folder, path: string): Promise<Config> {
	const file = path === "." ? "hparams.yaml" : `${path}/hparams.yaml`;
	return folder.files.has(file) ? flatYaml(await text(folder, file), file) : new Map();
}

const grouped = (files: readonly string[], by: (file: string) => string): ReadonlyMap<string, readonly string[]> => {
	const groups = new Map<string, string[]>();
	for (const file of files) {
		const group = groups.get(by(file)) ?? [];
		if (group.length === 0) groups.set(by(file), group);
		group.push(file);
	}
	return groups;
};

export const folderFormats: readonly FolderFormat[] = [
	{
		format: "tensorboard",
		owns: (file) => basename(file).includes("tfevents"),
		read: async (folder, own, { keep, onRows }) => {
			const folders = [];
			for (const [path, files] of grouped(own, dirname)) {
				const events = [];
				for (const file of files) {
					const read = readEvents(await folder.read(file), file, (tag) => keep(namedByKeras(tag, basename(path))?.metric ?? tag));
					events.push(read);
					onRows([...read.counts.values()].reduce((sum, count) => sum + count, 0));
				}
				const config = await hparamsNextTo(folder, path);
				folders.push({ folder: nameOf(folder, path), files: events, config, byLightning: byLightning(events, config) });
			}
			return runsOfFolders(folders, keep);
		},
	},
	{
		format: "wandb",
		owns: (file) => file.endsWith(".wandb"),
		read: async (folder, own, { keep, onRows }) => {
			const files = [];
			for (const file of own) {
				const read = readWandb(await folder.read(file), file, keep);
				files.push(read);
				onRows(read.rows);
			}
			return runsOfFiles(files, keep);
		},
	},
	{
		format: "mlflow",
		owns: (file, all) => /(^|\/)[^/]+\/metrics\//.test(file) && all.has(`${file.split("/metrics/")[0]}/meta.yaml`),
		read: async (folder, own) => {
			const runs = [];
			for (const path of grouped(own, (file) => file.split("/metrics/")[0]).keys()) {
				const run = runOfFolder(await mlflowFolder(folder, path));
				if (run) runs.push(run);
			}
			return runs;
		},
	},
	{
		format: "hugging-face",
		owns: (file) => basename(file) === "trainer_state.json",
		read: async (folder, own) => {
			const runs = [];
			for (const [path, states] of grouped(own, (file) => outputFolder(dirname(file)))) {
				const last = [...states].sort((a, b) => checkpointOf(a) - checkpointOf(b))[states.length - 1];
				runs.push(readTrainerState(await text(folder, last), nameOf(folder, path), last));
			}
			return runs;
		},
	},
	{
		format: "lightning",
		owns: (file) => basename(file) === "metrics.csv",
		read: async (folder, own, { keep }) => {
			const runs = [];
			for (const file of own) {
				const table = readTable(await folder.read(file), file, null);
				if (isOneRun(table.columns))
					runs.push(readOneRun(table, nameOf(folder, dirname(file)), await hparamsNextTo(folder, dirname(file)), keep));
			}
			return runs;
		},
	},
	{
		format: "keras",
		owns: (file) => /\.(csv|log|tsv)$/.test(file) && basename(file) !== "metrics.csv",
		read: async (folder, own, { keep }) => {
			const runs = [];
			for (const file of own) {
				const header = new TextDecoder().decode(await folder.begin(file)).split(/[\r\n]/)[0];
				if (!/^"?epoch"?[,;\t]/.test(header)) continue;
				runs.push(readOneRun(readTable(await folder.read(file), file, null), file.replace(/\.\w+$/, ""), new Map(), keep));
			}
			return runs;
		},
	},
];

/** The last checkpoint has the whole history. The one that is saved at the end lies in the output folder itself. */
const outputFolder = (path: string): string => (/^checkpoint-\d+$/.test(basename(path)) ? dirname(path) : path);
const checkpointOf = (file: string): number => Number(/checkpoint-(\d+)\//.exec(file)?.[1] ?? Number.POSITIVE_INFINITY);

/** Lightning's TensorBoard logger writes `hp_metric` or `epoch` among the scalars, and `hparams.yaml` next to them. */
const byLightning = (events: readonly ReturnType<typeof readEvents>[], config: Config): boolean =>
	events.some(({ counts }) => counts.has("hp_metric") || (counts.has("epoch") && config.size > 0));

async function mlflowFolder(folder: Folder, path: string): Promise<MlflowFolder> {
	const below = async (kind: string) => {
		const found = new Map<string, string>();
		const prefix = `${path}/${kind}/`;
		for (const file of folder.files) if (file.startsWith(prefix)) found.set(file.slice(prefix.length), await text(folder, file));
		return found;
	};
	const experiment = `${dirname(path) === "." ? "" : `${dirname(path)}/`}meta.yaml`;
	return {
		name: path,
		meta: await text(folder, `${path}/meta.yaml`),
		experiment: folder.files.has(experiment) ? await text(folder, experiment) : null,
		params: await below("params"),
		metrics: await below("metrics"),
	};
}
