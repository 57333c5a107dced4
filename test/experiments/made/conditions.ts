import { asJson } from "../../../src/core/canonical.js";
import { conditions } from "../../../src/experiments/conditions/conditions.js";
import type { Settings } from "../../../src/experiments/conditions/settings.js";
import type { Result, Task } from "../../../src/experiments/conditions/tasks.js";
import { quick } from "./quick.js";
import * as regularization from "./regularization.js";

const settings = asJson(regularization.asked.settings);

/** The regularization experiment by two optimizers. */
export const asked = quick<Settings, Task, Result>(conditions, () => ({
	repeats: ["plain SGD", "momentum 0.9"].map((optimizer) => ({ base: "regularization", when: { data: "digits", optimizer }, settings })),
}));

/** Cells whose rises are known: those of each optimizer. */
export const made = (rises: readonly regularization.RiseOf[]): readonly Result[] =>
	rises.flatMap((riseOf, repeat) => regularization.made(riseOf).map((cell) => ({ repeat, result: asJson(cell) })));
