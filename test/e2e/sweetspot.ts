import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The program as users start it. */
export const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A program that was started. */
interface Begun {
	/** Sends it a signal. Returns false where it has ended. */
	kill(signal: NodeJS.Signals): boolean;
	readonly ended: Promise<Ended>;
}

/** The real program in a temporary folder of its own. */
export class Workplace {
	readonly folder: string;

	/** `above`: the folder that has it. */
	constructor(above: string = tmpdir()) {
		this.folder = mkdtempSync(join(above, "sweetspot-"));
	}

	/** Starts `sweetspot` here; `onOutput` sees all it has said so far each time it says something, and may send it a signal. */
	start(
		args: readonly string[],
		onOutput?: (said: string, kill: (signal: NodeJS.Signals) => void) => void,
		env: NodeJS.ProcessEnv = {},
	): Promise<Ended> {
		return this.node([program, ...args], onOutput, env);
	}

	/** Starts Node here. */
	node(
		args: readonly string[],
		onOutput?: (said: string, kill: (signal: NodeJS.Signals) => void) => void,
		env: NodeJS.ProcessEnv = {},
	): Promise<Ended> {
		return this.#spawn(args, onOutput, env).ended;
	}

	/** Starts `sweetspot` here, for tests that send it signals at moments of their own. Signals to a program that has ended go nowhere. */
	begin(args: readonly string[]): Begun {
		return this.#spawn([program, ...args]);
	}

	#spawn(
		args: readonly string[],
		onOutput?: (said: string, kill: (signal: NodeJS.Signals) => void) => void,
		env: NodeJS.ProcessEnv = {},
	): Begun {
		const child = spawn(process.execPath, args, {
			cwd: this.folder,
			env: { ...process.env, ...env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		let stdout = "";
		let stderr = "";
		const kill = (signal: NodeJS.Signals) => child.kill(signal);
		const heard = () => onOutput?.(stdout + stderr, kill);
		child.stdout.on("data", (chunk: Buffer) => {
			stdout += chunk.toString();
			heard();
		});
		child.stderr.on("data", (chunk: Buffer) => {
			stderr += chunk.toString();
			heard();
		});
		return { kill, ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr }))) };
	}

	write(name: string, text: string): void {
		writeFileSync(join(this.folder, name), text);
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** The digest in a JSON answer; throws what the program said where there is none. */
export const digestOf = ({ stdout, stderr }: Ended): string => {
	if (stdout === "") throw new Error(stderr);
	return (JSON.parse(stdout) as { readonly digest: string }).digest;
};

/** A study of a second or two: blobs, four batch sizes, few seeds. */
export const smallStudy = `
version: 1
name: small
workload:
  data: { blobs: { examples: 300, classes: 3, features: 2, spread: 2 } }
  model: [{ dense: 16 }, relu, { dense: 3 }]
goal: { metric: validation.loss, atMost: 0.25 }
batchSizes: [1, 8, 64, full]
seeds: { tuning: 3, selecting: 2, reporting: 3 }
limits: { epochs: 20, steps: 500 }
`;

/** The same with some twenty trials, which depend on no clock. */
export const briefStudy = smallStudy
	.replace("[1, 8, 64, full]", "[8, 64]")
	.replace("{ tuning: 3, selecting: 2, reporting: 3 }", "{ tuning: 1, selecting: 1, reporting: 2 }");
