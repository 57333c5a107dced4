import type { TrialRun } from "./trial-run.js";

/** Cancels trials when their signals are aborted. A thousand trials may share one signal, which gets one listener. */
export class SharedSignals {
	readonly #runs = new WeakMap<AbortSignal, Set<TrialRun>>();

	/** `onAbort`: trials were cancelled. */
	constructor(private readonly onAbort: () => void) {}

	add(run: TrialRun, signal: AbortSignal): void {
		const known = this.#runs.get(signal);
		if (known) {
			for (const one of known) if (one.isSettled) known.delete(one);
			known.add(run);
			return;
		}
		const runs = new Set([run]);
		this.#runs.set(signal, runs);
		const cancel = () => {
			for (const one of runs) one.cancel();
			this.onAbort();
		};
		signal.addEventListener("abort", cancel, { once: true });
	}
}
