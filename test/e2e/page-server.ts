import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Answered {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly text: string;
}

/** A real `sweetspot serve` over the store of a folder. */
export class PageServer {
	readonly #child: ChildProcess;
	readonly link: URL;
	#said: () => string;

	constructor(child: ChildProcess, link: string, said: () => string) {
		this.#child = child;
		this.link = new URL(link);
		this.#said = said;
	}

	/** All that it has written to its outputs. */
	get said(): string {
		return this.#said();
	}

	get pid(): number {
		return this.#child.pid ?? 0;
	}

	get origin(): string {
		return this.link.origin;
	}

	get token(): string {
		return this.link.searchParams.get("token") ?? "";
	}

	/** Sends a request as it is, as no browser would. */
	ask(path: string, headers: Readonly<Record<string, string>> = {}, { method = "GET", body = "" } = {}): Promise<Answered> {
		return new Promise((resolve, reject) => {
			const sent = request({ host: "127.0.0.1", port: this.link.port, path, method, headers }, (response) => {
				let text = "";
				response.setEncoding("utf8");
				response.on("data", (chunk: string) => {
					text += chunk;
				});
				response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
				response.on("error", reject);
			});
			sent.on("error", reject);
			sent.end(body);
		});
	}

	/** The same by who has the token. */
	read(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
		return this.ask(path, { authorization: `Bearer ${this.token}`, ...headers });
	}

	/** The JSON at an address. */
	async json(path: string): Promise<unknown> {
		return JSON.parse((await this.read(path)).text);
	}

	/** Ends it; resolves with its exit code. */
	end(signal: NodeJS.Signals): Promise<number | null> {
		return new Promise((resolve) => {
			if (this.#child.exitCode !== null || this.#child.signalCode !== null) return resolve(this.#child.exitCode);
			this.#child.once("exit", resolve);
			this.#child.kill(signal);
		});
	}
}

const running: PageServer[] = [];
afterEach(async () => {
	for (const server of running.splice(0)) await server.end("SIGKILL");
});

/** Starts it. Any port is taken by default. */
export async function startServer(
	folder: string,
	args: readonly string[] = ["--port", "0"],
	env: NodeJS.ProcessEnv = {},
): Promise<PageServer> {
	const child = spawn(process.execPath, [program, "serve", ...args], {
		cwd: folder,
		env: { ...process.env, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let said = "";
	const link = await new Promise<string>((resolve, reject) => {
		const hear = (chunk: Buffer) => {
			said += chunk.toString();
			const [found] = /http:\/\/\S+/.exec(said) ?? [];
			if (found && said.includes("\n")) resolve(found);
		};
		child.stdout.on("data", hear);
		child.stderr.on("data", hear);
		child.once("exit", (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
	});
	const server = new PageServer(child, link, () => said);
	running.push(server);
	return server;
}
