import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Course, keep } from "../course.js";
import { Patience } from "../patience.js";
import type { Problem } from "../problem.js";

/** Of the processor's time: an input that takes more hangs. */
const hangMilliseconds = 30_000;

/** Processes that try inputs at a time. */
const lanes = 2;

/** What one input led to. */
interface Line {
	readonly input: number;
	readonly target: string;
	readonly end: "begun" | "taken" | "refused" | "wrong";
	readonly found?: string;
}

export interface FuzzFigures {
	/** How many were tried of each kind, and how many of these were refused. */
	readonly counts: ReadonlyMap<string, { tried: number; refused: number }>;
	readonly problems: readonly Problem[];
}

/** What tries inputs, and how long it may take over one. */
interface Worker {
	readonly file: string;
	readonly patience: number;
}
const ours: Worker = { file: fileURLToPath(new URL("./worker.ts", import.meta.url)), patience: hangMilliseconds };

/** Tries this many mutated inputs in processes of their own. `seed`: of every draw; an input's draws depend on its number alone. */
export async function fuzzCampaign(seed: number, inputs: number, course: Course, worker = ours): Promise<FuzzFigures> {
	const counts = new Map<string, { tried: number; refused: number }>();
	const problems: Problem[] = [];
	let done = 0;
	const take = ({ input, target, end, found }: Line): void => {
		if (end === "begun") return;
		const count = counts.get(target) ?? { tried: 0, refused: 0 };
		counts.set(target, { tried: count.tried + 1, refused: count.refused + (end === "refused" ? 1 : 0) });
		if (end === "wrong") keep(course, problems, { after: `input ${input} of seed ${seed}: ${target}`, found: found ?? "" });
		if (++done % 500 === 0) course.say(`${done} of ${inputs} inputs`);
	};
	const lane = async (from: number, to: number): Promise<void> => {
		for (let next = from; next < to && !course.stop.aborted; ) next = await tried(worker, [seed, next, to], take);
	};
	await Promise.all(
		Array.from({ length: lanes }, (_, i) => lane(Math.floor((inputs * i) / lanes), Math.floor((inputs * (i + 1)) / lanes))),
	);
	return { counts, problems };
}

/** Has one process try inputs. Resolves with the number of the next one, which isn't `to` where it hung or died. */
function tried(
	{ file, patience }: Worker,
	[seed, from, to]: readonly [number, number, number],
	take: (line: Line) => void,
): Promise<number> {
	const child = spawn(process.execPath, ["--import", "tsx", file, ...[seed, from, to].map(String)], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	let last: Line = { input: from - 1, target: "none", end: "taken" };
	let [hung, stderr] = [false, ""];
	child.stderr.on("data", (chunk: Buffer) => {
		stderr = (stderr + chunk.toString()).slice(-2000);
	});
	const { pid } = child;
	if (pid === undefined) throw new Error("Node could not be started");
	const watch = new Patience(pid, patience, () => {
		hung = true;
		child.kill("SIGKILL");
	});
	createInterface({ input: child.stdout }).on("line", (text) => {
		watch.again();
		last = JSON.parse(text) as Line;
		take(last);
	});
	return new Promise((resolve, reject) => {
		child.once("close", (code, signal) => {
			watch.end();
			if (last.input < from) return reject(new Error(`inputs can't be tried: code ${code}, signal ${signal}: ${stderr}`));
			if (last.end === "begun")
				take({ ...last, end: "wrong", found: hung ? "it hangs" : `its process ended, code ${code}, signal ${signal}: ${stderr}` });
			resolve(last.input + 1);
		});
	});
}
