import { expect, test } from "vitest";
import { parse } from "yaml";
import { resolveInput } from "../api/resolve-input.js";
import { allowedData, requireAllowed, requireAllowedInput, whyNotAllowed } from "./allowed.js";

const small = parse(`
version: 1
workload:
  data: { blobs: { examples: 300 } }
  model: [{ dense: 16 }, relu, { dense: 3 }]
goal: { metric: validation.loss, atMost: 0.25 }
batchSizes: [1, 8]
`) as { readonly workload: object };
const withWorkload = (more: object) => ({ ...small, workload: { ...small.workload, ...more } });

test("data of the package, of the system and made ones are allowed by name; files of the user are not", () => {
	expect(allowedData).toEqual(expect.arrayContaining(["digits", "fashion-mnist", "blobs", "quadratic"]));
	for (const name of ["csv", "idx", "npz", "npy", "mnist"])
		expect(allowedData.filter((one) => one.includes(name) && one !== "fashion-mnist")).toEqual([]);
	expect(() => requireAllowedInput(small)).not.toThrow();
});

test.each([
	["a command", { ...small, workload: { command: ["touch", "owned"], examples: 100 } }, "it has workload.command"],
	["a module", { ...small, workload: { trainer: "./owned.mjs", examples: 100 } }, "it has workload.trainer"],
	["a command next to data", withWorkload({ command: ["touch", "owned"] }), "it has workload.command"],
	["a table at a path", withWorkload({ data: { csv: "/etc/passwd", label: "x" } }), "its data are at a path"],
	["a folder at a path", withWorkload({ data: { idx: "/etc" } }), "its data are at a path"],
	["data where the user put them", withWorkload({ data: "mnist" }), "its data are mnist"],
	["large data", withWorkload({ data: { blobs: { examples: 50_000_000 } } }), "bytes of data, expected at most 67,108,864"],
	["a wide layer", withWorkload({ model: [{ residual: [{ dense: 5000 }] }] }), "it has 5,000 units"],
	["a cluster", { ...small, cluster: { folder: "/shared" } }, "its trials run on a cluster"],
	["many layers", withWorkload({ model: Array.from({ length: 65 }, () => "relu") }), "it has 65 layers"],
] as const)("%s is refused before anything is read", (_, study, reason) => {
	expect(() => requireAllowedInput(study)).toThrow(reason);
});

test("what only the resolved study shows is refused too, so that a stored one is held against the list again", async () => {
	const study = await resolveInput(small, "/");
	expect(whyNotAllowed({ study, backend: "wasm" })).toBeNull();
	expect(whyNotAllowed({ study, backend: "blas" })).toContain("library of this machine");
	const changes: readonly (readonly [object, string])[] = [
		[{ seeds: { ...study.seeds, tuning: 101 } }, "seeds of a phase"],
		[{ limits: { ...study.limits, steps: 100_001 } }, "steps of a trial"],
		[{ limits: { ...study.limits, epochs: 1001 } }, "epochs of a trial"],
		[{ tune: { learningRate: { from: 1e-300, to: 1e300 } } }, "learning rates"],
		[{ batchSizes: Array.from({ length: 33 }, (_, i) => i + 1) }, "batch sizes"],
		[{ batchSizes: Array.from({ length: 20 }, (_, i) => i + 1), seeds: { tuning: 100, selecting: 100, reporting: 100 } }, "trials"],
		[{ workload: { ...study.workload, data: { name: "csv", path: "/etc/passwd" } } }, "its data are csv"],
		[{ cluster: { folder: "/shared" } }, "its trials run on a cluster"],
		[{ workload: { command: ["touch", "owned"] } }, "only networks of our own layers"],
	];
	for (const [change, reason] of changes) {
		expect(() => requireAllowed({ study: { ...study, ...change } as typeof study, backend: "wasm" })).toThrow(reason);
	}
});
