import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SlurmOptions } from "../../../study/cluster-schema.js";
import { slurm } from "./commands.js";
import { askedOptions } from "./options.js";
import { jobsName, refused, submittedId, whileBusy } from "./system.js";

/** What a controller's job runs. Its arguments name Node.js, the program, the study's folder and the generation. */
const script = `#!/bin/sh
exec "$1" "$2" control "$3" "$4" "\${SLURM_RESTART_COUNT:-0}"
`;

interface Place {
	/** Absolute, the study's own. */
	readonly folder: string;
	readonly tag: string;
	readonly node: string;
	/** The installed program. */
	readonly main: string;
}

const scriptFile = (folder: string): string => join(folder, "control.sh");

/** What a controller prints. */
const controllerOutput = (folder: string, generation: number): string => join(folder, `control-${generation}.out`);

/**
 * The options of sbatch for controllers: those of the study, but a controller needs no GPU, one core and little memory. Where the site
 * refuses that, such as in a partition for GPUs, a controller asks for what a trial does. Throws `cluster/refused` where the site accepts
 * neither.
 */
export async function controllerOptions(options: SlurmOptions, folder: string): Promise<readonly string[]> {
	writeFileSync(scriptFile(folder), script, { mode: 0o700 });
	const { gpus: _, cpus: __, memory: ___, ...rest } = options;
	const few = askedOptions(rest);
	if (await isAccepted(few, folder)) return few;
	const all = askedOptions(options);
	await requireAccepted(all, folder);
	return all;
}

/** Throws `cluster/refused` unless jobs with these options may be submitted from here. Queues nothing. */
export async function requireAccepted(options: readonly string[], folder: string): Promise<void> {
	const answer = await slurm("sbatch", ["--test-only", ...options, scriptFile(folder)]);
	if (answer.code !== 0) throw refused(answer, [], "");
}

const isAccepted = async (options: readonly string[], folder: string): Promise<boolean> =>
	(await slurm("sbatch", ["--test-only", ...options, scriptFile(folder)])).code === 0;

/** Submits a controller, to start after an array of jobs has ended, however it ends. Returns its id. Throws `cluster/refused`. */
export async function submitController(
	{ folder, tag, node, main }: Place,
	options: readonly string[],
	generation: number,
	after: string | null,
): Promise<string> {
	const ours = [
		...options,
		`--job-name=${jobsName(tag, `controller-${generation}`)}`,
		"--requeue",
		"--open-mode=append",
		`--output=${controllerOutput(folder, generation)}`,
		`--chdir=${folder}`,
		...(after === null ? [] : [`--dependency=afterany:${after}`]),
	];
	const answer = await whileBusy(() =>
		slurm("sbatch", ["--parsable", ...ours, scriptFile(folder), node, main, folder, String(generation)]),
	);
	const id = submittedId(answer);
	if (id === null) throw refused(answer, [], "");
	return id;
}
