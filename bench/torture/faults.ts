import { setTimeout as delay } from "node:timers/promises";
import type { Rng } from "../../src/core/rng.js";
import { processesOf, type Role, sent } from "./processes.js";

export type Victim = Extract<Role, "runner" | "guard" | "script" | "child"> | "runner and guard";
export type FaultSignal = "SIGKILL" | "SIGSTOP" | "SIGTERM";

/** One thing that is done to a process, and when. */
export interface Fault {
	readonly victim: Victim;
	readonly signal: FaultSignal;
	/** Milliseconds after the fault before it, or the start. */
	readonly after: number;
	/** How long a stopped process stays so, in milliseconds. */
	readonly pause: number;
}

/** Whether nothing of the session goes on after it. */
export const isLethal = ({ victim, signal }: Fault): boolean => victim.startsWith("runner") && signal !== "SIGSTOP";

const oneOf = <T>(rng: Rng, of: readonly T[]): T => of[rng.below(of.length)];

/**
 * More would rightly fail a trial: a script that is ended from outside is started three times. Its children may be ended as often as one
 * likes.
 */
const mostScriptEnds = 2;

/** So many things are done to a session with scripts before it is killed, at most; and to one without. */
const [mostWithScripts, mostWithout] = [10, 2];

/**
 * The faults of one session, in order, the last of them lethal: spread over this many milliseconds. `hasScripts`: whether there are more
 * processes than the runner.
 */
export function drawFaults(rng: Rng, hasScripts: boolean, milliseconds: number): readonly Fault[] {
	const count = rng.below(1 + (hasScripts ? mostWithScripts : mostWithout));
	const timing = () => ({ after: (rng.uniform() * milliseconds) / (count + 1), pause: 20 + 280 * rng.uniform() });
	const early: Fault[] = [];
	for (let i = 0; i < count; i++) {
		const victim = hasScripts ? oneOf(rng, ["script", "script", "child", "child", "child", "guard", "runner"] as const) : "runner";
		const ends = early.filter((fault) => fault.victim === "script" && fault.signal !== "SIGSTOP").length;
		const mayEnd = victim !== "runner" && (victim !== "script" || ends < mostScriptEnds);
		const signal = mayEnd ? oneOf(rng, ["SIGKILL", "SIGKILL", "SIGKILL", "SIGTERM", "SIGSTOP"] as const) : "SIGSTOP";
		early.push({ victim, signal, ...timing() });
	}
	const both = hasScripts && rng.below(8) === 0;
	const signal = !both && rng.below(6) === 0 ? "SIGTERM" : "SIGKILL";
	return [...early, { victim: both ? "runner and guard" : "runner", signal, ...timing() }];
}

/** Does it to a process of this mark. Returns whether there was one. */
export async function strike({ victim, signal, pause }: Fault, mark: string, runner: number, rng: Rng): Promise<boolean> {
	if (victim === "runner and guard") {
		const wasThere = sent(runner, "SIGSTOP"); // or it would start another guard
		for (const { pid } of processesOf(mark).filter(({ role }) => role === "guard")) sent(pid, "SIGKILL");
		return sent(runner, "SIGKILL") && wasThere;
	}
	const candidates = victim === "runner" ? [runner] : await running(victim, mark);
	if (candidates.length === 0) return false;
	const pid = oneOf(rng, candidates);
	const wasThere = sent(pid, signal);
	if (signal === "SIGSTOP") {
		await delay(pause);
		sent(pid, "SIGCONT");
	}
	return wasThere;
}

/** Between two trials there may be none for a while: that is waited for. */
const appearMilliseconds = 500;

async function running(victim: Role, mark: string): Promise<readonly number[]> {
	for (const end = performance.now() + appearMilliseconds; performance.now() < end; await delay(10)) {
		const found = processesOf(mark).flatMap(({ role, pid }) => (role === victim ? [pid] : []));
		if (found.length > 0) return found;
	}
	return [];
}
