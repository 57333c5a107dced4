/**
 * Hands damaged files to the readers, as a process of its own: `worker.ts SEED FROM TO`. Says which one it tries, and how it ended, a
 * line each.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Rng } from "../../src/core/rng.js";
import { nextAttempt } from "./attempt.js";

const [seed, from, to] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "sweetspot-damaged-"));
const rng = Rng.fromSeed(seed);
/** Whether the high-water mark can be set back; else it is not looked at. */
const peakBytes = (): number => 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0);
/** What the process takes with its modules, and garbage that is not yet collected. */
const ownBytes = 192 * 2 ** 20;

for (let input = from; input < to; input++) {
	const { target, run, bytes } = nextAttempt(rng.split(input), join(folder, "runs"));
	const say = (what: object) => process.stdout.write(`${JSON.stringify({ input, target, ...what })}\n`);
	say({ end: "begun" });
	const end = await run().then(
		() => ({ end: "taken" }),
		(error: unknown) => {
			const known = error instanceof Error && error.name === "SweetspotError" && "fix" in error && error.fix !== "";
			return known ? { end: "refused" } : { end: "wrong", found: error instanceof Error ? error.stack : String(error) };
		},
	);
	const peak = peakBytes();
	const most = ownBytes + 64 * 2 ** 20 + 20 * bytes;
	say(peak > most ? { end: "wrong", found: `the process has held ${peak} bytes for a file of ${bytes}` } : end);
	if (peak > most) break; // it would be reported of every other
}
rmSync(folder, { recursive: true, force: true });
process.exit();
