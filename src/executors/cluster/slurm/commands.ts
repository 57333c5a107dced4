import { execFile } from "node:child_process";
import { SweetspotError } from "../../../core/errors.js";

/** A busy controller answers late; one that is down never does. */
const longestAnswerMilliseconds = 60_000;

export interface Answer {
	/** Null where the program could not be run, or gave no answer in time. */
	readonly code: number | null;
	readonly stdout: string;
	/** Of standard error: what Slurm says is wrong. */
	readonly stderr: string;
}

/** Runs one of Slurm's programs, with no shell in between. Throws `cluster/unusable` where it is not installed. */
export function slurm(program: string, options: readonly string[]): Promise<Answer> {
	return new Promise((resolve, reject) => {
		execFile(
			program,
			[...options],
			// Standard output format, independent of the user's language and settings.
			{ timeout: longestAnswerMilliseconds, maxBuffer: 2 ** 28, env: withoutFormats(process.env) },
			(error, stdout, stderr) => {
				if (error && (error as NodeJS.ErrnoException).code === "ENOENT") return reject(notInstalled(program));
				resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : null, stdout, stderr: stderr.trim() });
			},
		);
	});
}

const notInstalled = (program: string): SweetspotError =>
	new SweetspotError(
		"cluster/unusable",
		`there is no program "${program}" on the PATH`,
		"run Sweetspot on a machine from which jobs are submitted, as a login node; `module load slurm` may be missing",
	);

/** Variables such as SQUEUE_FORMAT and SBATCH_ARRAY_INX act as options that users may have set for their own use. */
const withoutFormats = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
	...Object.fromEntries(
		Object.entries(environment).filter(
			([name]) =>
				!/^(?:SQUEUE_|SINFO_|SBATCH_(?:ARRAY|JOB_NAME|OUTPUT|ERROR|WAIT|REQUEUE|NO_REQUEUE|SIGNAL|OPEN_MODE|DEPENDENCY))/.test(name),
		),
	),
	LC_ALL: "C",
	SLURM_TIME_FORMAT: "standard",
});
