import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pythonWith } from "../../test/fixtures/python.js";
import { type Case, examples } from "./cases.js";

/** PyTorch in a process of its own, which lives as long as the benchmark. */
export interface TorchPeer {
	readonly version: string;
	readonly python: string;
	prepare(of: Case): Promise<void>;
	/** Seconds of processor time that this many steps of the case last prepared take. */
	seconds(steps: number): Promise<number>;
	close(): void;
}

/**
 * One thread, for every library. OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, which some machines set to help their OpenBLAS, mislead the one that
 * PyTorch brings: they are unset for it, together.
 */
function environment(): NodeJS.ProcessEnv {
	const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...rest } = process.env;
	return { ...rest, OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", OMP_WAIT_POLICY: "PASSIVE" };
}

/** Null where no interpreter has PyTorch. */
export async function startTorch(): Promise<TorchPeer | null> {
	const python = pythonWith("torch");
	if (python === null) return null;
	const script = fileURLToPath(new URL("./peer.py", import.meta.url));
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
		async prepare(of) {
			await ask({ case: { ...of, bar: null }, examples });
		},
		async seconds(steps) {
			const { seconds, total } = await ask<{ readonly seconds: number; readonly total: number }>({ steps });
			if (Number.isNaN(total)) throw new Error("PyTorch's network diverged: the times would be those of NaN");
			return seconds;
		},
		close: () => child.stdin.end(),
	};
}
