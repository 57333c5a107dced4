/** A worker of the campaign of damaged files whose readers have one fault of each class: `planted-worker.ts SEED FROM TO`. */
import type { Attempt } from "../../bench/trackers/attempt.js";
import { tryOut } from "../../bench/trackers/try-out.js";
import { SweetspotError } from "../../src/core/errors.js";

const [, from, to] = process.argv.slice(2).map(Number);
const held: Uint8Array[] = [];

const faults: readonly Omit<Attempt, "bytes">[] = [
	{ target: "another error", run: () => Promise.reject(new RangeError("Invalid typed array length")) },
	{ target: "no fix", run: () => Promise.reject(new SweetspotError("data/damaged", "the file", "")) },
	{
		target: "a hang",
		run: async () => {
			for (;;);
		},
	},
	{ target: "an end of the process", run: async () => process.abort() },
	{ target: "too much memory", run: async () => held.push(new Uint8Array(320 * 2 ** 20).fill(1)) },
	{ target: "none: refused", run: () => Promise.reject(new SweetspotError("data/damaged", "the file", "export it again")) },
];
await tryOut(from, to, (input) => ({ ...faults[input], bytes: 1000 }));
process.exit();
