import { accumulationNames, plainName } from "../../study/workloads/command/accumulation.js";

/** An argument that a script takes. */
export interface Argument {
	/** As it stands before its value: `--lr`, which its value follows; `--lr=` and `train.lr=`, which it is joined to. */
	readonly written: string;
	/** Its default value; null where that isn't seen. */
	readonly value: number | null;
}

const roles = ["batchSize", "learningRate", "seed", "epochs", "steps", "decaySteps", "evaluationSteps", "accumulation"] as const;
export type Role = (typeof roles)[number];

/**
 * The arguments of a training script that a study is about; null where none is seen. `epochs`, `steps`: how long it trains. `decaySteps`:
 * the length of its schedule, where that is apart. `evaluationSteps`: after how many steps it is evaluated.
 */
export type ScriptArguments = Readonly<Record<Role, Argument | null>>;

export const noArguments: ScriptArguments = {
	batchSize: null,
	learningRate: null,
	seed: null,
	epochs: null,
	steps: null,
	decaySteps: null,
	evaluationSteps: null,
	accumulation: null,
};

/** Usual names, the likeliest first; `-` stands for `-` and `_` alike. */
const names: Readonly<Record<Role, readonly string[]>> = {
	batchSize: [
		"batch-size",
		"train-batch-size",
		"per-device-train-batch-size",
		"micro-batch-size",
		"device-batch-size",
		"batchsize",
		"batch",
		"bs",
		"bsz",
		"mini-batch-size",
		"batch-sz",
		"batch-size-train",
		"batch-size-per-gpu",
		"per-gpu-train-batch-size",
		"global-batch-size",
		"examples-per-batch",
		"samples-per-batch",
		"sequences-per-batch",
		"episodes-per-batch",
	],
	learningRate: ["lr", "learning-rate", "learningrate", "base-lr", "init-lr", "initial-lr", "eta", "step-size"],
	seed: ["seed", "random-seed", "random-state", "manual-seed", "rng-seed"],
	epochs: ["epochs", "num-epochs", "n-epochs", "max-epochs", "num-train-epochs", "epoch"],
	steps: [
		"max-steps",
		"max-iters",
		"num-steps",
		"n-steps",
		"train-steps",
		"num-train-steps",
		"max-train-steps",
		"total-steps",
		"training-steps",
		"num-iterations",
		"iterations",
		"iters",
	],
	decaySteps: ["lr-decay-iters", "lr-decay-steps", "decay-steps"],
	evaluationSteps: [
		"eval-interval",
		"eval-steps",
		"eval-every",
		"eval-freq",
		"evaluation-interval",
		"val-interval",
		"val-every",
		"validate-every",
	],
	accumulation: accumulationNames,
};

/** A part of a dotted name that says that it isn't about training. */
const heldOut = /(?:^|[.])(?:val(?:id(?:ation)?)?|eval(?:uation)?|test)[.]/i;

/** The likeliest argument for each role. Of two by one name the first counts. */
export function likeliest(found: readonly Argument[]): ScriptArguments {
	const byName = new Map<string, Argument>();
	for (const argument of found) {
		const bare = argument.written.replace(/=$/, "");
		const name = plainName(bare);
		if (!byName.has(name) && !heldOut.test(bare)) byName.set(name, argument);
	}
	const one = (role: Role): Argument | null => {
		for (const name of names[role]) {
			const argument = byName.get(name) ?? byName.get(name.replaceAll("-", ""));
			if (argument !== undefined) return argument;
		}
		return null;
	};
	return Object.fromEntries(roles.map((role) => [role, one(role)])) as ScriptArguments;
}

/** What the first has, and of what it lacks what the second has. */
export const together = (first: ScriptArguments, second: ScriptArguments): ScriptArguments =>
	Object.fromEntries(roles.map((role) => [role, first[role] ?? second[role]])) as ScriptArguments;

/** The role that a name is usual for; null for any other. */
export const roleOf = (name: string): Role | null => roles.find((role) => names[role].includes(plainName(name))) ?? null;

/** The number that an expression of a script stands for, such as `6e-4`, `1_000` or `5 * 8`; null for any other. */
export function numberIn(text: string): number | null {
	const bare = text.trim().replace(/(?<=\d)_(?=\d)/g, "");
	if (!/^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:\s*\*\s*(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)*$/i.test(bare)) return null;
	const value = bare.split("*").reduce((product, factor) => product * Number(factor), 1);
	return Number.isFinite(value) ? value : null;
}
