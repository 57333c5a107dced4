import { closeSync, existsSync, readFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { sha256Hex } from "../../../core/canonical.js";
import { SweetspotError } from "../../../core/errors.js";
import { describeMachine } from "../../../native/machine.js";
import type { TrialProgress } from "../../../study/contracts.js";
import { isCommand } from "../../../study/workloads/table.js";
import { calibrate } from "../../../trainers/calibrate.js";
import { openLocalHost } from "../../../trainers/command/local/host.js";
import { scriptSession } from "../../../trainers/command/session.js";
import { createBench, createTrainer } from "../../../trainers/node.js";
import { inlineExecutor } from "../../inline.js";
import type { StudyExecutor } from "../../study-executor.js";
import { FrameWriter } from "../frames.js";
import { eventsFileOf, type JobFile, type JobMessage, type JobSession, jobVersion, stopFileOf } from "../job-files.js";
import { claimStart, type Start } from "./starts.js";

/** How often a job checks whether it was given up. */
const lookMilliseconds = 1000;

/** Progress is for people. */
const millisecondsBetweenLooks = 500;

/**
 * Runs a job's file: what `sweetspot work FILE` does. `program`: the file that this process runs. `startedBefore`: how often the job system
 * has started this job before; null where it doesn't say. Returns the exit code.
 */
export async function work(file: string, program: string, startedBefore: number | null = null): Promise<number> {
	const job = new Job(file, startedBefore);
	try {
		await job.run(program);
		return 0;
	} catch (error) {
		const { code, detail, fix } =
			error instanceof SweetspotError ? error : { code: null, detail: error instanceof Error ? error.message : String(error), fix: "" };
		job.say({ kind: "unable", code, detail, fix });
		process.stderr.write(`${detail}\n`);
		return 1;
	} finally {
		job.end();
	}
}

class Job {
	readonly #file: string;
	readonly #start: Start;
	readonly #task: JobFile["task"];
	readonly #session: JobSession;
	readonly #stopFiles: readonly string[];
	readonly #frames: FrameWriter;
	readonly #stop = new AbortController();
	readonly #timer: NodeJS.Timeout;
	readonly #listeners: (() => void)[];

	constructor(file: string, startedBefore: number | null) {
		this.#file = file;
		const { version, session, task } = JSON.parse(readFileSync(file, "utf8")) as JobFile;
		if (version !== jobVersion)
			throw new SweetspotError("usage/bad-value", `${file} is a job of version ${version}`, `expected version ${jobVersion}`);
		this.#task = task;
		this.#stopFiles = [stopFileOf(file), stopFileOf(session)];
		this.#session = JSON.parse(readFileSync(session, "utf8")) as JobSession;
		this.#start = claimStart(file, startedBefore);
		this.#frames = new FrameWriter((line) => writeAll(this.#start.events, line));
		this.#timer = setInterval(() => this.#lookWhetherGivenUp(), lookMilliseconds);
		const signals = [
			["SIGTERM", "it was asked to end"],
			["SIGINT", "it was asked to end"],
			["SIGUSR2", "its time was nearly up"],
		] as const;
		this.#listeners = signals.map(([name, reason]) => {
			const listener = () => this.#stop.abort(reason);
			process.on(name, listener);
			return () => process.off(name, listener);
		});
	}

	say(message: JobMessage): void {
		this.#frames.say(message);
	}

	async run(program: string): Promise<void> {
		const machine = process.env.SLURMD_NODENAME ?? hostname();
		this.#lookWhetherGivenUp();
		this.say({ kind: "started", machine, node: process.versions.node });
		if (this.#task.kind === "probe") await this.#probe(program, machine);
		else await this.#train(machine);
	}

	end(): void {
		clearInterval(this.#timer);
		for (const leave of this.#listeners) leave();
		closeSync(this.#start.events);
	}

	async #probe(program: string, machine: string): Promise<void> {
		const { study, program: expected } = this.#session;
		const found = sha256Hex(readFileSync(program));
		if (found !== expected)
			throw new SweetspotError(
				"cluster/unusable",
				`${program} on ${machine} is not the one that was put there`,
				"wait until the folder is the same everywhere, or name another one: `cluster.folder`",
			);
		const bench = await createBench(study);
		const timing = this.#task.kind === "probe" ? this.#task.timing : [];
		const stepTimes = await calibrate(bench, timing, this.#stop.signal);
		await bench.endTiming();
		if (this.#stop.signal.aborted) return this.#sayStopped();
		this.say({ kind: "probed", calibration: stepTimes.length > 0 ? { machine: `${machine}: ${describeMachine()}`, stepTimes } : null });
	}

	async #train(machine: string): Promise<void> {
		const { executor, close } = await openTrainers(this.#session);
		const { signal } = this.#stop;
		const trials = this.#task.kind === "trials" ? this.#task.trials : [];
		try {
			for (const [trial, spec] of trials.entries()) {
				if (signal.aborted) break;
				this.say({ kind: "trial", trial });
				const looks = new Looks((news) => this.say({ kind: "looks", trial, ...news }));
				const result = await executor.run(spec, signal, (progress) => looks.add(progress));
				if (signal.aborted || result.outcome === "lost" || result.outcome === "cancelled") break;
				this.say({ kind: "result", trial, result: { machine, ...result } });
			}
		} finally {
			await close(false);
		}
		if (signal.aborted) this.#sayStopped();
	}

	#sayStopped(): void {
		this.say({ kind: "stopped", reason: String(this.#stop.signal.reason) });
	}

	/** Checks whether a later start of this job has begun, or whether the study has given the job up. */
	#lookWhetherGivenUp(): void {
		if (this.#stopFiles.some((stop) => existsSync(stop)) || existsSync(eventsFileOf(this.#file, this.#start.number + 1)))
			this.#stop.abort("it was given up");
	}
}

/** What trains here, one trial at a time: in this thread, or as a process of its own. */
async function openTrainers({ study, id, scripts }: JobSession): Promise<Pick<StudyExecutor, "executor" | "close">> {
	const { workload } = study;
	if (!isCommand(workload)) {
		const executor = inlineExecutor(await createTrainer(study));
		return { executor, close: () => executor.close() };
	}
	// Scripts don't wait in a slot of a cluster: they end, and resume from their own checkpoint.
	const session = scriptSession({ ...study, workload: { ...workload, paused: 0 } }, id, scripts, { workers: 1, gpus: null }, openJobHost);
	const executor = inlineExecutor(...session.trainers);
	return {
		executor,
		async close() {
			await executor.close();
			await session.close(false);
		},
	};
}

/** Scripts are recognized by the mark of their host. Several jobs share one folder, so each has its own host. */
const openJobHost: typeof openLocalHost = (folder) => openLocalHost(`${folder}/host-${hostname()}-${process.pid}`);

/** Looks of a running trial, no more often than people can follow. */
class Looks {
	#said = Number.NEGATIVE_INFINITY;
	#evaluations: TrialProgress["evaluations"] = [];

	constructor(private readonly say: (progress: TrialProgress) => void) {}

	add({ step, evaluations }: TrialProgress): void {
		this.#evaluations = [...this.#evaluations, ...evaluations];
		if (performance.now() - this.#said < millisecondsBetweenLooks) return;
		this.#said = performance.now();
		this.say({ step, evaluations: this.#evaluations });
		this.#evaluations = [];
	}
}

function writeAll(descriptor: number, text: string): void {
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
