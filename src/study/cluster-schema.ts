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

/** What is wrong with the address of a Ray dashboard; null where nothing is. The address itself is not repeated: it may hold a password. */
export function dashboardProblem(address: string): string | null {
	const url = URL.canParse(address) ? new URL(address) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) return "must be the address of Ray's dashboard, such as http://127.0.0.1:8265";
	if (url.username !== "" || url.password !== "") return "must not hold a user or password: set RAY_AUTH_TOKEN in the environment instead";
	if (url.search !== "" || url.hash !== "") return "must not hold `?` or `#`: a token belongs into RAY_AUTH_TOKEN in the environment";
	return null;
}

const dashboardAddress = z.string().superRefine((address, context) => {
	const message = dashboardProblem(address);
	if (message !== null) context.addIssue({ code: "custom", message, params: { saysAll: true } });
});

/** What Ray is asked for, for each job. */
const raySchema = z.strictObject({
	/** Of the dashboard; else that of RAY_ADDRESS. */
	address: dashboardAddress.optional(),
	/**
	 * Nothing is shared between this machine and the nodes: jobs get what they need as a package, and `cluster.folder` isn't used. By default
	 * jobs use a folder that both see.
	 */
	upload: z.boolean().optional(),
	/** 1 by default. Ray puts jobs that ask for nothing on its head, as many as come. */
	cpus: z.number().positive().optional(),
	gpus: z.number().positive().optional(),
	memory: z
		.string()
		.regex(/^\d+[KMGT]$/, "must be an amount of memory such as 8G or 500M")
		.optional(),
	/** Ray's own resources, by their names on the nodes. */
	resources: z.record(plainText, z.number().positive()).optional(),
});

/** What stands for something in a site's commands: each is an argument of its own. */
const submitPlaceholders = ["{node}", "{program}", "{file}", "{folder}", "{out}", "{name}"] as const;
const jobsPlaceholder = "{jobs}";

/** A command without a shell. A text in braces would be taken literally where it is no placeholder: that is refused. */
const siteCommand = (known: readonly string[], needed: readonly string[]) =>
	z
		.array(plainText)
		.min(1)
		.superRefine((command, context) => {
			for (const [i, argument] of command.entries())
				for (const found of argument.match(/\{[a-z]+\}/gi) ?? [])
					if (!known.includes(found) || found !== argument)
						context.addIssue({
							code: "custom",
							params: { saysAll: true },
							path: [i],
							message: known.includes(found)
								? `${found} must be an argument of its own`
								: `${found} is unknown here, expected ${known.join(", ")}`,
						});
			for (const one of needed)
				if (!command.includes(one)) context.addIssue({ code: "custom", params: { saysAll: true }, message: `lacks ${one}` });
		});

/** A site's own commands around its job system. */
const commandSchema = z.strictObject({
	submit: siteCommand(submitPlaceholders, ["{program}", "{file}"]),
	poll: siteCommand([jobsPlaceholder], [jobsPlaceholder]),
	cancel: siteCommand([jobsPlaceholder], [jobsPlaceholder]),
});

/** Where and how trials run on a cluster: no part of the study's hash. */
export const clusterSchema = z.strictObject({
	/** A folder that this machine and the nodes see under the same path. */
	folder: plainText.optional(),
	/** Node.js on the nodes: a path, or a name on the PATH there. */
	node: plainText.optional(),
	slurm: slurmSchema.optional(),
	ray: raySchema.optional(),
	command: commandSchema.optional(),
});

export type Cluster = z.output<typeof clusterSchema>;
export type SlurmOptions = z.output<typeof slurmSchema>;
export type RayOptions = z.output<typeof raySchema>;
export type SiteCommands = z.output<typeof commandSchema>;
