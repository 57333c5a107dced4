import { readFileSync } from "node:fs";

/** Of the kernel's clock, in which it counts processor time. The same on every Linux. */
const tickMilliseconds = 10;

/** A process that waits hangs after so many times the processor time that one may take which computes: others may need the machine. */
const waitingFactor = 20;

const lookMilliseconds = 200;

/**
 * Watches a process that may take so many milliseconds of the processor's time, and twenty times as long by the clock. On a busy machine
 * the clock alone would show how busy it is. `onHang` is called once, when either is over.
 */
export class Patience {
	#processor = 0;
	#clock = 0;
	readonly #looks: NodeJS.Timeout;

	constructor(
		private readonly pid: number,
		milliseconds: number,
		onHang: () => void,
	) {
		this.again();
		this.#looks = setInterval(() => {
			const isOver =
				processorMilliseconds(pid) - this.#processor > milliseconds || performance.now() - this.#clock > waitingFactor * milliseconds;
			if (!isOver) return;
			this.end();
			onHang();
		}, lookMilliseconds);
	}

	/** It has got on: its time begins anew. */
	again(): void {
		[this.#processor, this.#clock] = [processorMilliseconds(this.pid), performance.now()];
	}

	end(): void {
		clearInterval(this.#looks);
	}
}

/** What a process has had of the processor, all its threads together; 0 where it is gone. */
function processorMilliseconds(pid: number): number {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
		const [user, system] = stat
			.slice(stat.lastIndexOf(")") + 2)
			.split(" ")
			.slice(11, 13)
			.map(Number);
		return tickMilliseconds * (user + system);
	} catch {
		return 0;
	}
}
