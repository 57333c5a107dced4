import type { Tried } from "../../api/try-command.js";
import type { CommandWorkload } from "../../study/workloads/command/workload.js";

/** What a try shows of how fast the script trains. */
export type Measured = NonNullable<CommandWorkload["measured"]>;

/** Null where no step was timed. */
export function measuredBy({ result: { clock, seconds } }: Pick<Tried, "result">, batchSize: number): Measured | null {
	if (!clock || clock.startUp || clock.steps === 0 || clock.seconds <= 0) return null;
	const digits = (value: number): number => Number(value.toPrecision(3));
	return { batchSize, secondsPerStep: digits(clock.seconds / clock.steps), startUp: digits(Math.max(0, seconds - clock.seconds)) };
}
