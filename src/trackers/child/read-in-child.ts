import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { damaged } from "../damaged.js";

/** A child that is silent for this long is stuck. */
const quietMilliseconds = 60_000;
/** Memory of Node and SQLite before they read anything, and what a reader may take in addition. */
const ownBytes = 128 * 2 ** 20;
const mostTimesTheFile = 20;
const watchMilliseconds = 50;
const pageBytes = 4096;

/**
 * Lets a separate program of ours read a foreign file, and passes on what it prints: one JSON text per line. Whatever a damaged or hostile
 * file does to the library that reads it (a crash, a loop, all memory) ends with that process. Throws
 * `data/damaged`.
 */
export async function readInChild(
	program: URL,
	args: readonly string[],
	{ file, bytes }: { readonly file: string; readonly bytes: number },
	onLine: (said: unknown) => void,
): Promise<void> {
	const most = ownBytes + mostTimesTheFile * bytes;
	const heap = Math.ceil(most / 2 ** 20);
	const child = spawn(process.execPath, [`--max-old-space-size=${heap}`, fileURLToPath(program), ...args], {
		stdio: ["ignore", "pipe", "ignore"],
	});
	let ended = false;
	const end = new Promise<void>((resolve) => {
		const finish = () => {
			ended = true;
			resolve();
		};
		child.once("close", finish).once("error", finish);
	});
	let why: string | null = null;
	const kill = (reason: string) => {
		why ??= reason;
		child.kill("SIGKILL");
	};
	const quiet = setTimeout(() => kill("its reader was stuck, and was ended"), quietMilliseconds);
	const watch = setInterval(() => {
		if (memoryOf(child.pid) > most) kill(`reading it took more than ${Math.round(most / 2 ** 20)} MiB, and was ended`);
	}, watchMilliseconds);
	let done = false;
	try {
		let rest = "";
		for await (const chunk of child.stdout.setEncoding("utf8") as AsyncIterable<string>) {
			quiet.refresh();
			const lines = (rest + chunk).split("\n");
			rest = lines.pop() ?? "";
			for (const line of lines) {
				const said: unknown = JSON.parse(line);
				if (isError(said)) throw damaged(file, said.error);
				if (said === "done") done = true;
				else onLine(said);
			}
		}
		await end;
		if (!done) throw damaged(file, why ?? "the process that read it died; the file may be damaged");
	} finally {
		clearTimeout(quiet);
		clearInterval(watch);
		if (!ended) child.kill("SIGKILL");
	}
}

const isError = (said: unknown): said is { readonly error: string } => typeof said === "object" && said !== null && "error" in said;

/** Resident memory of a process, where Linux shows it; else 0. */
function memoryOf(id: number | undefined): number {
	try {
		return Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]) * pageBytes;
	} catch {
		return 0;
	}
}
