import { closestToGoal, type Goal } from "../../core/goal.js";
import { type TrialSpec, trialRunKey } from "../../core/trial.js";
import type { ScriptHost } from "./host.js";
import type { ScriptOfRun } from "./script-of-run.js";

/** Of scripts that use a GPU, whose memory can't be seen from here, and where no memory can be: so many may wait at once. */
export const usualMost = 4;

/** Memory has room if each slot's next script may take so many times what the largest has held so far. */
const reserve = 1.5;

/** A script that stands still. */
interface Kept {
	readonly script: ScriptOfRun;
	/** Where it runs: another slot can't go on with it. */
	readonly slot: string;
	/** Higher: closer to the goal. */
	readonly promise: number;
	/** Of memory. */
	readonly bytes: number;
}

/** How many scripts may wait: at most so many; or, where the study doesn't say, as many as there is memory for. */
export interface WaitingLimits {
	readonly most: number;
	readonly asMemoryAllows: boolean;
}

/**
 * A study's scripts that stand still between two trials of their runs, with all that they hold. Where there are too many, the one furthest
 * from the goal is ended: at equal cost it is the least likely to be wanted again.
 */
export class WaitingScripts {
	/** By run. */
	readonly #kept = new Map<string, Kept>();
	readonly #ending = new Set<Promise<void>>();
	/** Whether standing still may be what ended scripts that had, by a timer of their own: until one has ended in the same way without it. */
	mayHarm = true;
	#most: number;
	/** Bytes that the largest script has held. */
	#largest = 0;

	constructor(
		private readonly goal: Goal,
		private readonly limits: WaitingLimits,
		private readonly host: Pick<ScriptHost, "freeMemory">,
		private readonly slots: number,
	) {
		this.#most = limits.most;
	}

	/** The runs whose scripts wait in this slot. */
	runsOf(variables: Readonly<Record<string, string>>): readonly string[] {
		const slot = slotOf(variables);
		return [...this.#kept].filter(([, kept]) => kept.slot === slot).map(([run]) => run);
	}

	/** The script that goes on with this trial, which then no longer waits; undefined where there is none. */
	take(trial: TrialSpec, variables: Readonly<Record<string, string>>): ScriptOfRun | undefined {
		const run = trialRunKey(trial);
		const kept = this.#kept.get(run);
		if (!kept || kept.slot !== slotOf(variables) || kept.script.cap >= trial.cap) return undefined;
		if (kept.script.isBroken) {
			this.#end(run);
			return undefined;
		}
		this.#kept.delete(run);
		return kept.script;
	}

	/** Lets a script wait, if it can, or ends another one for it. Returns whether it is taken care of: false where it can't be continued. */
	async keep(script: ScriptOfRun, trial: TrialSpec, variables: Readonly<Record<string, string>>): Promise<boolean> {
		if (this.#most === 0 || !(await script.pause())) return false;
		const { watch, run } = script.attempt ?? {};
		const bytes = run?.heldMemory ?? 0;
		this.#largest = Math.max(this.#largest, bytes);
		this.#kept.set(trialRunKey(trial), {
			script,
			slot: slotOf(variables),
			promise: closestToGoal(this.goal, watch?.evaluations ?? []),
			bytes,
		});
		this.#thin();
		return true;
	}

	/** A script ran out of memory: ends those that wait. Returns how many there were. */
	async makeRoom(): Promise<number> {
		const count = this.#kept.size;
		await this.endAll();
		return count;
	}

	/** From now on no more than so many wait. */
	limitTo(most: number): void {
		this.#most = Math.min(this.#most, most);
	}

	async endAll(): Promise<void> {
		for (const run of [...this.#kept.keys()]) this.#end(run);
		await this.settled();
	}

	/** Resolves when the processes of all that were ended are gone. */
	async settled(): Promise<void> {
		await Promise.all(this.#ending);
	}

	#thin(): void {
		while (this.#kept.size > this.#most) this.#endLeast();
		if (!this.limits.asMemoryAllows) return;
		const free = this.host.freeMemory();
		if (free === null) while (this.#kept.size > usualMost) this.#endLeast();
		else for (let room = free; this.#kept.size > 0 && room < reserve * this.slots * this.#largest; ) room += this.#endLeast();
	}

	/** Ends the one furthest from the goal; of equal ones that which has waited longest. Returns the bytes that it held. */
	#endLeast(): number {
		const [first, ...others] = this.#kept;
		const [run, { bytes }] = others.reduce((least, one) => (one[1].promise < least[1].promise ? one : least), first);
		this.#end(run);
		return bytes;
	}

	#end(run: string): void {
		const kept = this.#kept.get(run);
		if (!kept) return;
		this.#kept.delete(run);
		const ending = kept.script.end().finally(() => this.#ending.delete(ending));
		this.#ending.add(ending);
	}
}

const slotOf = (variables: Readonly<Record<string, string>>): string => JSON.stringify(variables);
