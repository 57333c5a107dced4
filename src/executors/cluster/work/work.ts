import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { sha256Hex } from "../../../core/canonical.js";
import { Continuations } from "../../../core/continuation.js";
import { SweetspotError } from "../../../core/errors.js";
import type { TrialSpec } from "../../../core/trial.js";
import { describeMachine } from "../../../native/machine.js";
import type { TrialProgress } from "../../../study/contracts.js";
import { isCommand } from "../../../study/workloads/table.js";
import { calibrate } from "../../../trainers/calibrate.js";
import { StudyFiles } from "../../../trainers/command/files.js";
import { openLocalHost } from "../../../trainers/command/local/host.js";
import { scriptSession } from "../../../trainers/command/session.js";
import { createBench, createTrainer } from "../../../trainers/node.js";
import { continuingExecutor, inlineExecutor } from "../../inline.js";
import type { StudyExecutor } from "../../study-executor.js";
import type { JobFile, JobSession } from "../job-files.js";
import { received, sent } from "../sent-continuation.js";
import { checkController } from "./check-controller.js";
import type { JobChannel } from "./job-channel.js";

/** Of a script's log, where it has to be sent. */
const mostLogBytes = 2 ** 16;

/** How often a job checks whether it was given up. */
const lookMilliseconds = 1000;

/** Runs a job: what `sweetspot work FILE` does. `program`: the file that this process runs. Returns the exit code. */
export async function work(channel: JobChannel, program: string): Promise<number> {
	const job = new Job(channel);
	try {
		await job.run(program);
		return 0;
	} catch (error) {
		const { code, detail, fix } =
			error instanceof SweetspotError ? error : { code: null, detail: error instanceof Error ? error.message : String(error), fix: "" };
		channel.say({ kind: "unable", code, detail, fix });
		process.stderr.write(`${detail}\n`);
		return 1;
	} finally {
		job.end();
	}
}

class Job {
	readonly #channel: JobChannel;
	readonly #task: JobFile["task"];
	readonly #session: JobSession;
	readonly #stop = new AbortController();
	readonly #timer: NodeJS.Timeout;
	readonly #listeners: (() => void)[];

	constructor(channel: JobChannel) {
		this.#channel = channel;
		this.#task = channel.task;
		this.#session = channel.session;
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

	async run(program: string): Promise<void> {
		const machine = process.env.SLURMD_NODENAME ?? hostname();
		this.#lookWhetherGivenUp();
		this.#channel.say({ kind: "started", machine, node: process.versions.node });
		if (this.#stop.signal.aborted) this.#sayStopped();
		else if (this.#task.kind === "probe") await this.#probe(program, machine);
		else await this.#train(machine);
	}

	end(): void {
		clearInterval(this.#timer);
		for (const leave of this.#listeners) leave();
		this.#channel.end();
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
		if (this.#task.kind !== "probe") return;
		const { timing, controller } = this.#task;
		if (controller) await checkController(controller, machine);
		const bench = await createBench(study);
		const stepTimes = await calibrate(bench, timing, this.#stop.signal);
		await bench.endTiming();
		if (this.#stop.signal.aborted) return this.#sayStopped();
		this.#channel.say({
			kind: "probed",
			calibration: stepTimes.length > 0 ? { machine: `${machine}: ${describeMachine()}`, stepTimes } : null,
		});
	}

	async #train(machine: string): Promise<void> {
		if (this.#task.kind !== "trials") return;
		const { trials, from = [] } = this.#task;
		const continuations = new Continuations();
		const begun = from.map(received);
		for (const one of begun) continuations.keep(one);
		const { executor, close } = await openTrainers(this.#session, continuations);
		const { signal } = this.#stop;
		try {
			for (const [trial, spec] of trials.entries()) {
				if (signal.aborted) break;
				this.#channel.say({ kind: "trial", trial });
				const looks = new Looks(this.#channel, (news) => this.#channel.say({ kind: "looks", trial, ...news }));
				const result = await executor.run(spec, signal, (progress) => looks.add(progress));
				if (signal.aborted || result.outcome === "lost" || result.outcome === "cancelled") break;
				if (this.#channel.losesFiles) this.#sayLog(trial, spec);
				const left = continuations.take(spec);
				if (left && !begun.includes(left) && left.saved.length <= this.#channel.mostSaved)
					this.#channel.say({ kind: "continuation", trial, continuation: sent(left) });
				this.#channel.say({ kind: "result", trial, result: { machine, ...result } });
			}
		} finally {
			await close(false);
		}
		if (signal.aborted) this.#sayStopped();
	}

	/** The end of what the trial's script printed. */
	#sayLog(trial: number, spec: TrialSpec): void {
		const { study, scripts, id } = this.#session;
		if (!isCommand(study.workload)) return;
		try {
			const printed = readFileSync(new StudyFiles(scripts, id).logOf(spec));
			this.#channel.say({ kind: "log", trial, text: printed.subarray(-mostLogBytes).toString("utf8") });
		} catch {} // it printed nothing
	}

	#sayStopped(): void {
		this.#channel.say({ kind: "stopped", reason: String(this.#stop.signal.reason) });
	}

	#lookWhetherGivenUp(): void {
		const why = this.#channel.whyGivenUp();
		if (why !== null) this.#stop.abort(why);
	}
}

/** What trains here, one trial at a time: in this thread, or as a process of its own. */
async function openTrainers(
	{ study, id, scripts }: JobSession,
	continuations: Continuations,
): Promise<Pick<StudyExecutor, "executor" | "close">> {
	const { workload } = study;
	if (!isCommand(workload)) {
		const executor = continuingExecutor(continuations, [await createTrainer(study)]);
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

/** Looks of a running trial, no more often than they can be followed. */
class Looks {
	readonly #began = performance.now();
	#nextAt = Number.NEGATIVE_INFINITY;
	#evaluations: TrialProgress["evaluations"] = [];

	constructor(
		private readonly channel: JobChannel,
		private readonly say: (progress: TrialProgress) => void,
	) {}

	add({ step, evaluations }: TrialProgress): void {
		this.#evaluations = [...this.#evaluations, ...evaluations];
		const now = performance.now();
		if (now < this.#nextAt) return;
		this.#nextAt = now + this.channel.pauseAfter(now - this.#began);
		this.say({ step, evaluations: this.#evaluations });
		this.#evaluations = [];
	}
}
