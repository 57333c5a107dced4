import type { Json } from "../../core/canonical.js";
import { fashionMnist } from "../../data/sources/fashion-mnist.js";
import type { Tools } from "../experiment.js";
import { type BaseId, baseOf } from "./bases.js";
import type { Settings } from "./settings.js";

/** A task of one of the experiments, under one set of conditions. */
export interface Task {
	readonly repeat: number;
	readonly base: BaseId;
	readonly task: Json;
	/** Whether it needs data that have to be installed. */
	readonly installed: boolean;
}

/** Null: the data aren't installed. */
export type Result = { readonly repeat: number; readonly result: Json } | { readonly repeat: number; readonly result: null };

/** Without those that measure time: no claim that is judged here is about it. */
export const tasksOf = ({ repeats }: Settings): readonly Task[] =>
	repeats.flatMap(({ base, settings, when }, repeat) => {
		const { experiment } = baseOf(base);
		const untimed = experiment.tasks(settings).filter((task) => !experiment.isTimed(task));
		return untimed.map((task): Task => ({ repeat, base, task, installed: when.data !== "digits" }));
	});

export async function run({ repeat, base, task, installed }: Task, tools: Tools): Promise<Result> {
	if (installed && !(await fashionMnist.isThere(tools.read))) return { repeat, result: null };
	return { repeat, result: await baseOf(base).experiment.run(task, tools) };
}
