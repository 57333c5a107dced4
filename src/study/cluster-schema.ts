import { z } from "zod";

/** Text that becomes one argument of a program: no line breaks or other control characters. */
const plainText = z.string().regex(/^[^\p{Cc}]+$/u, "must be one line of text");

/** `30m`, `2h`, `90s`, `1d`, or as Slurm writes it: `1-12:00:00`, `02:30:00`, `45` (minutes). */
const timeLimit = z
	.string()
	.regex(/^(?:\d+(?:s|m|min|h|d)|(?:\d+-)?\d+(?::\d\d){0,2})$/, "must be a time such as 30m, 2h or 1-12:00:00")
	.or(z.int().min(1));

/** Options of `sbatch` that only we may set: with other values the study could not follow its jobs. */
const ours =
	/^--(?:array|chdir|dependency|error|export-file|input|job-name|kill-on-invalid-dep|open-mode|output|parsable|requeue|no-requeue|signal|test-only|uid|gid|wait|wrap|het-group)(?:=|$)/;

const slurmOption = plainText
	.regex(/^--[a-z][a-z0-9-]*(?:=.*)?$/, "must be a long option of sbatch, such as --mail-type=END")
	.refine((option) => !ours.test(option), "is set by Sweetspot: omit it");

/** What Slurm is asked for, for each job. */
const slurmSchema = z.strictObject({
	partition: plainText.optional(),
	account: plainText.optional(),
	qos: plainText.optional(),
	constraint: plainText.optional(),
	time: timeLimit.optional(),
	memory: plainText.optional(),
	cpus: z.int().min(1).optional(),
	gpus: z.int().min(1).or(plainText).optional(),
	/** Any other options of sbatch, one each. */
	extra: z.array(slurmOption).optional(),
});

/** Where and how trials run on a cluster: no part of the study's hash. */
export const clusterSchema = z.strictObject({
	/** A folder that this machine and the nodes see under the same path. */
	folder: plainText.optional(),
	/** Node.js on the nodes: a path, or a name on the PATH there. */
	node: plainText.optional(),
	slurm: slurmSchema.optional(),
});

export type Cluster = z.output<typeof clusterSchema>;
export type SlurmOptions = z.output<typeof slurmSchema>;
