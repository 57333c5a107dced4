import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pythonWith } from "../../test/fixtures/python.js";
import { type Case, examples } from "./cases.js";

/** A library in a Python process of its own, which lives as long as the benchmark and takes the same steps as we do. */
export interface Peer {
	readonly version: string;
	readonly python: string;
	/** Gets a case ready, compiling included, for this many networks side by side. */
	prepare(of: Case, replicas: number): Promise<void>;
	/** Steps of each network that were taken, at least as many as asked for, and their seconds of processor time. */
	take(steps: number): Promise<{ readonly steps: number; readonly seconds: number }>;
	close(): void;
}

/** The libraries: the module that an interpreter must have, and the program that takes the steps with it. */
export const libraries = {
	torch: { name: "PyTorch", module: "torch", program: "./torch_peer.py" },
	jax: { name: "JAX", module: "jax", program: "./jax_peer.py" },
} as const;

/**
 * One thread, for every library. OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, which some machines set to help their OpenBLAS, mislead the one
 * that PyTorch brings: they are unset for it, together.
 */
function environment(): NodeJS.ProcessEnv {
	const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...rest } = process.env;
	return { ...rest, OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", OMP_WAIT_POLICY: "PASSIVE" };
}

/** Null where no interpreter has the library. */
export async function startPeer(library: keyof typeof libraries): Promise<Peer | null> {
	const { name, module, program } = libraries[library];
	const python = pythonWith(module);
	if (python === null) return null;
	const script = fileURLToPath(new URL(program, import.meta.url));
	const child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"], env: environment() });
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const answer = async <Answer>(): Promise<Answer> => {
		const { value, done } = await lines.next();
		if (done) throw new Error(`${script} ended without an answer`);
		return JSON.parse(value) as Answer;
	};
	const ask = async <Answer>(request: unknown): Promise<Answer> => {
		child.stdin.write(`${JSON.stringify(request)}\n`);
		return answer();
	};
	const { version, python: pythonVersion } = await answer<{ readonly version: string; readonly python: string }>();
	return {
		version,
		python: pythonVersion,
		async prepare(of, replicas) {
			await ask({ case: { ...of, bars: null }, examples, replicas });
		},
		async take(steps) {
			const taken = await ask<{ readonly steps: number; readonly seconds: number; readonly total: number }>({ steps });
			if (Number.isNaN(taken.total)) throw new Error(`${name}'s network diverged: the times would be those of NaN`);
			return taken;
		},
		close: () => child.stdin.end(),
	};
}
