import type { Json } from "../../core/canonical.js";
import type { Tools } from "../experiment.js";
import type { Work } from "../work.js";
import { type BaseId, baseOf } from "./bases.js";
import type { Settings } from "./settings.js";

/** A task of one of the experiments, under one set of conditions. */
export interface Task {
	readonly repeat: number;
	readonly base: BaseId;
	readonly task: Json;
}

export interface Result {
	readonly repeat: number;
	/** The experiment's own. */
	readonly result: Json;
}

/** Without those that measure time: no claim that is judged here is about it. */
export const tasksOf = ({ repeats }: Settings): readonly Task[] =>
	repeats.flatMap(({ base, settings }, repeat) => {
		const { experiment } = baseOf(base);
		const untimed = experiment.tasks(settings).filter((task) => !experiment.isTimed(task));
		return untimed.map((task): Task => ({ repeat, base, task }));
	});

export const workOf = ({ base, task }: Task): Work | null => baseOf(base).experiment.work(task);

export const run = async ({ repeat, base, task }: Task, tools: Tools): Promise<Result> => ({
	repeat,
	result: await baseOf(base).experiment.run(task, tools),
});
