import { z } from "zod";
import { internal } from "../../core/errors.js";
import type { Problem } from "../problem.js";
import { type Held, heldSchema } from "./held.js";
import { factsOfCode, type WorkloadKind, type WorkloadReader } from "./kind.js";
import { lastBatch } from "./last-batch.js";
import { recordProblems } from "./record-problems.js";

/** The user's own trainer: a module that exports `train`. It has its own data. */
export interface FunctionWorkload {
	/** Absolute path of the module. The study's hash covers its content in its place. */
	readonly trainer: string;
	/** N, training examples, as its author gives it. */
	readonly examples: number;
	/** Absent: a partial last batch is kept. */
	readonly lastBatch?: "drop";
	/** Settings that depend on the batch size, by the names under which the trainer gets them; absent: none. */
	readonly hold?: Readonly<Record<string, Held>>;
}

export const functionSchema = z.strictObject({
	trainer: z.string().min(1),
	examples: z.int().min(1),
	lastBatch: lastBatch.optional(),
	hold: heldSchema.optional(),
});

export const functionKind = {
	name: "function",
	traits: {
		isTrainable: true,
		trainer: "trainer",
		runsUserCode: true,
		isDeterministic: false,
		looks: "reported",
		timing: "apart",
		asksByCalibration: true,
		onDevices: true,
		hasBackend: false,
		isProcess: false,
	},
	nameOf: ({ trainer }: FunctionWorkload) => trainer,
	hashed: ({ trainer: _, ...rest }: FunctionWorkload) => rest,
	written: (workload: FunctionWorkload) => workload,
	heldBy: ({ hold }: FunctionWorkload) => hold,
} satisfies WorkloadKind<FunctionWorkload>;

export const functionReader: WorkloadReader<FunctionWorkload> = {
	isMeant: (written) => "trainer" in written,
	async read(written, _, { findModule }) {
		const { success, data } = functionSchema.safeParse(written);
		const found = success ? await findModule(data.trainer) : null;
		return {
			facts: success && found ? factsOfCode(data.examples, found.sha256) : null,
			problems: ({ record }): readonly Problem[] => recordProblems(record),
			resolve() {
				if (!success || !found) throw internal("a trainer of unsound keys was resolved");
				const { lastBatch, examples, hold } = data;
				return { trainer: found.file, examples, ...(lastBatch === "drop" && { lastBatch }), ...(hold && { hold }) };
			},
		};
	},
};
