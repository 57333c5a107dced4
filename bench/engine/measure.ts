import type { NativeProducts } from "../../src/engine/native-products.js";
import type { Case } from "./cases.js";
import { ourSteps } from "./ours.js";
import type { libraries, Peer } from "./peers.js";
import { processorSeconds } from "./processor-time.js";

/** How often each side of a case is timed, in turn: A B C D A B C D … */
export const passes = 11;

/** Seconds of one timing at least: long against the clock and a process switch, short against the machine's drift. */
const leastSeconds = 0.02;
/** Seconds every side trains before it is timed: V8 compiles twice, and PyTorch has caches of its own. */
const warmUpSeconds = 0.15;

/** The peers of one network alone. */
export type Alone = keyof typeof libraries;
export type Ours = "vector" | "wasm" | "blas";
/** "norms": wasm, with the squared gradient norm of every example. "replicas": JAX on several networks side by side, the time of each. */
type Side = Ours | "norms" | Alone | "replicas";

/** Microseconds per step of each pass; absent where there is no such side. */
export type Times = Readonly<Partial<Record<Side, readonly number[]>>>;

/** Those that take part, if they are here. */
export interface TakingPart {
	readonly vector: NativeProducts | null;
	readonly blas: NativeProducts | null;
	readonly torch: Peer | null;
	readonly jax: Peer | null;
	/** JAX in a second process. */
	readonly replicas: { readonly count: number; readonly peer: Peer } | null;
}

/** Seconds of processor time per step, over at least this many steps. */
type Timed = (steps: number) => Promise<number>;

/** Times one case on every side there is. Neighbours in time are compared with each other, so that the machine's drift cancels. */
export async function timesOf(of: Case, { vector, blas, torch, jax, replicas }: TakingPart): Promise<Times> {
	const timed = new Map<Side, Timed>();
	if (vector) timed.set("vector", timer(ourSteps(of, vector, false)));
	timed.set("wasm", timer(ourSteps(of, null, false)));
	for (const [side, peer, count] of [
		["torch", torch, 1],
		["jax", jax, 1],
		["replicas", replicas?.peer ?? null, replicas?.count ?? 1],
	] as const) {
		if (peer === null) continue;
		await peer.prepare(of, count);
		timed.set(side, async (steps) => {
			const taken = await peer.take(steps);
			return taken.seconds / taken.steps / count;
		});
	}
	timed.set("norms", timer(ourSteps(of, null, true)));
	if (blas) timed.set("blas", timer(ourSteps(of, blas, false)));

	const counts = new Map<Side, number>();
	for (const [side, perStep] of timed) counts.set(side, await warmUp(perStep));
	const times = new Map<Side, number[]>([...timed.keys()].map((side) => [side, []]));
	for (let pass = 0; pass < passes; pass++) {
		for (const [side, perStep] of timed) times.get(side)?.push((await perStep(counts.get(side) ?? 1)) * 1e6);
	}
	return Object.fromEntries(times);
}

const timer =
	(steps: (count: number) => number): Timed =>
	async (count) => {
		let consumed = 0;
		const seconds = processorSeconds(() => {
			consumed = steps(count);
		});
		if (Number.isNaN(consumed)) throw new Error("the network diverged: the times would be those of NaN");
		return seconds / count;
	};

/** Trains until the code is as fast as it gets; returns how many steps then take long enough to be timed. */
async function warmUp(perStep: Timed): Promise<number> {
	let steps = 1;
	for (let spent = 0; ; ) {
		const each = await perStep(steps);
		spent += each * steps;
		if (spent >= warmUpSeconds) return Math.max(1, Math.ceil(leastSeconds / each));
		if (each * steps < leastSeconds) steps *= 2;
	}
}
