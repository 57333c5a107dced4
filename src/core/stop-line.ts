import { turn } from "./turn.js";

/** A flag that is read between steps, so it must be cheap. */
interface Flag {
	readonly stopped: boolean;
}

/**
 * One integer that two threads see: the number of the job that shall stop, from 1. Null where memory can't be shared: in a page without
 * COOP and COEP headers.
 */
export const sharedStop = (): Int32Array | null =>
	typeof SharedArrayBuffer === "undefined" ? null : new Int32Array(new SharedArrayBuffer(4));

/**
 * How a thread learns that its job must stop: from shared memory, in the middle of its work; or else from messages, which reach it only
 * when it listens. The thread that asks writes the job's number into the shared integer, or sends it.
 */
export class StopLine {
	#heard = 0;

	constructor(private readonly shared: Int32Array | null) {}

	/** The flag of one job. */
	flagOf(job: number): Flag {
		const { shared } = this;
		const line = this;
		return {
			get stopped() {
				return (shared === null ? line.#heard : Atomics.load(shared, 0)) === job;
			},
		};
	}

	/** A message came that this job must stop. */
	hear(job: number): void {
		this.#heard = job;
	}

	/** Lets messages in. Nothing to wait for where memory is shared. */
	async listen(): Promise<void> {
		if (this.shared === null) await turn();
	}
}
