import type { NativeProducts } from "../../src/engine/native-products.js";
import type { Case } from "./cases.js";
import { ourSteps } from "./ours.js";
import { processorSeconds } from "./processor-time.js";
import type { TorchPeer } from "./torch.js";

/** How often each side of a case is timed, in turn: A B C D A B C D … */
export const passes = 11;

/** Seconds of one timing at least: long against the clock and a process switch, short against the machine's drift. */
const leastSeconds = 0.02;
/** Seconds every side trains before it is timed: V8 compiles twice, and PyTorch has caches of its own. */
const warmUpSeconds = 0.15;

export const sides = ["wasm", "norms", "native", "torch"] as const;
export type Side = (typeof sides)[number];

/** Microseconds per step of each pass; absent where there is no such side. "norms": wasm, with the squared gradient norm of every example. */
export type Times = Readonly<Partial<Record<Side, readonly number[]>>>;

/** Seconds of processor time that this many steps take. */
type Timed = (steps: number) => Promise<number>;

/** Times one case on every side there is. Neighbours in time are compared with each other, so that the machine's drift cancels. */
export async function timesOf(of: Case, native: NativeProducts | null, torch: TorchPeer | null): Promise<Times> {
	const timed = new Map<Side, Timed>();
	timed.set("wasm", timer(ourSteps(of, null, false)));
	if (torch) {
		await torch.prepare(of);
		timed.set("torch", torch.seconds);
	}
	timed.set("norms", timer(ourSteps(of, null, true)));
	if (native) timed.set("native", timer(ourSteps(of, native, false)));

	const counts = new Map<Side, number>();
	for (const [side, seconds] of timed) counts.set(side, await warmUp(seconds));
	const times = new Map<Side, number[]>([...timed.keys()].map((side) => [side, []]));
	for (let pass = 0; pass < passes; pass++) {
		for (const [side, seconds] of timed) {
			const count = counts.get(side) ?? 1;
			times.get(side)?.push(((await seconds(count)) / count) * 1e6);
		}
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
		return seconds;
	};

/** Trains until the code is as fast as it gets; returns how many steps then take long enough to be timed. */
async function warmUp(seconds: Timed): Promise<number> {
	let steps = 1;
	for (let spent = 0; ; ) {
		const taken = await seconds(steps);
		spent += taken;
		if (spent >= warmUpSeconds) return Math.max(1, Math.ceil((leastSeconds * steps) / taken));
		if (taken < leastSeconds) steps *= 2;
	}
}
