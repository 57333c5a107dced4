import type { SlurmOptions } from "../../../study/cluster-schema.js";

/** What the study asks of Slurm, as options of `sbatch`: each an argument of its own, with no shell in between. */
export const askedOptions = ({
	partition,
	account,
	qos,
	constraint,
	time,
	memory,
	cpus,
	gpus,
	extra = [],
}: SlurmOptions): readonly string[] => [
	...option("partition", partition),
	...option("account", account),
	...option("qos", qos),
	...option("constraint", constraint),
	...option("time", time === undefined ? undefined : slurmTime(time)),
	...option("mem", memory),
	...option("cpus-per-task", cpus),
	...option("gpus", gpus),
	...extra,
];

const option = (name: string, value: string | number | undefined): readonly string[] => (value === undefined ? [] : [`--${name}=${value}`]);

const secondsIn = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 } as const;

/** `30m` in Slurm's form, in whole minutes; a text in Slurm's own form stays unchanged. */
function slurmTime(time: string | number): string {
	const [, amount, unit] = /^(\d+)(s|m|min|h|d)$/.exec(String(time)) ?? [];
	if (unit === undefined) return String(time);
	return String(Math.ceil((Number(amount) * secondsIn[unit as keyof typeof secondsIn]) / 60));
}
