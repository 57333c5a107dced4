import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { resolveInput } from "../../dist/api/resolve-input.js";
import { openLocalHost } from "../../dist/trainers/command/local/host.js";
import { scriptSession } from "../../dist/trainers/command/session.js";
import { createTrainer } from "../../dist/trainers/node.js";
import type { Goal } from "../../src/core/goal.js";
import type { StudyInput } from "../../src/study/schema.js";
import { trainerContract } from "./trainer.js";

const here = fileURLToPath(new URL("../fixtures/trainers", import.meta.url));
const on = (workload: StudyInput["workload"]) => async (goal: Goal) =>
	createTrainer(await resolveInput({ version: 1, workload, goal }, here));

/** A script in a store of its own. */
const script =
	(...command: readonly string[]) =>
	async (goal: Goal) => {
		const study = await resolveInput({ version: 1, workload: { command: [...command], examples: 300 }, goal }, here);
		const { workload } = study;
		if (!("command" in workload)) throw new Error("a command was expected");
		const store = mkdtempSync(join(tmpdir(), "sweetspot-scripts-"));
		const session = scriptSession({ ...study, workload }, "contract", store, { workers: 1, gpus: null }, openLocalHost);
		onTestFinished(() => {
			session.close(true);
			rmSync(store, { recursive: true });
		});
		return session.trainers[0];
	};

const blobs = { blobs: { examples: 300, classes: 3, features: 2, spread: 2 } };

trainerContract("built-in", {
	create: on({ data: blobs, model: [{ dense: 8 }, "relu", { dense: 3 }] }),
	metric: "validation.loss",
	losses: { reached: 0.7, never: 0.0001 },
	learningRate: 2 ** -5,
	continues: true,
});
trainerContract("oracle", {
	create: on({ data: { quadratic: { dimensions: 8 } } }),
	metric: "train.loss",
	losses: { reached: 0.3, never: 0.000001 },
	learningRate: 2 ** -5,
	continues: true,
});
trainerContract("function", {
	create: on({ trainer: "quadratic.mjs", examples: 300 }),
	metric: "validation.loss",
	losses: { reached: 0.02, never: 0.0001 },
	learningRate: 2 ** -4,
});
trainerContract("function that reports every 7 steps", {
	create: on({ trainer: "quadratic-every-7.mjs", examples: 300 }),
	metric: "validation.loss",
	losses: { reached: 0.02, never: 0.0001 },
	learningRate: 2 ** -4,
});
trainerContract("script", {
	create: script("node", "script.mjs", "./quadratic.mjs"),
	metric: "validation.loss",
	losses: { reached: 0.02, never: 0.0001 },
	learningRate: 2 ** -4,
});
trainerContract("script that reports every 7 steps", {
	create: script("node", "script.mjs", "./quadratic-every-7.mjs"),
	metric: "validation.loss",
	losses: { reached: 0.02, never: 0.0001 },
	learningRate: 2 ** -4,
});
for (const [kind, create] of [
	["function", on({ trainer: "quadratic-own.mjs", examples: 300 })],
	["script", script("node", "script.mjs", "./quadratic-own.mjs")],
] as const)
	trainerContract(`${kind} with a metric of its own`, {
		create,
		metric: "eval/energy",
		losses: { reached: -0.98, never: -0.9999 },
		learningRate: 2 ** -4,
	});
