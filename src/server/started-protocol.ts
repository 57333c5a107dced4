import { availableParallelism } from "node:os";
import { z } from "zod";

/** Experiments run at their quick size, on their own data, under the seed that the command line takes as well. */
const experiment = z.strictObject({ experiment: z.string().min(1).max(60) });

/** What the page asks a process to run. The study is unchecked input: the process checks it. */
export const startedRequest = z.union([
	z.strictObject({ study: z.unknown(), workers: z.int().min(1).max(availableParallelism()).optional() }),
	z.strictObject({ resume: z.string().min(1).max(200) }),
	experiment,
]);
export type StartedRequest = z.infer<typeof startedRequest>;

/** What such a process writes to its standard output, a line each: that it has begun, or why it ends. */
export const startedReply = z.union([
	z.object({ id: z.string() }),
	z.object({ error: z.string(), fix: z.string(), code: z.string().nullable() }),
]);
export type StartedReply = z.infer<typeof startedReply>;
