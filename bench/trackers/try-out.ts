import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Attempt } from "./attempt.js";

/** The most memory that this process has held so far; 0 where the system does not say. */
const peakBytes = (): number => 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0);
/** What the process takes with its modules, and garbage that is not yet collected. */
const ownBytes = 192 * 2 ** 20;

/**
 * Tries the inputs from `from` to before `to`, each in an empty folder: prints which one is tried, and how it ended, a line each. An end is
 * wrong where the reader throws anything but an error of ours with a fix, or where the process has held more than its own memory and 64 MiB
 * + 20 × the file's size. After too much memory it stops, since the mark would be reported of every later input.
 */
export async function tryOut(from: number, to: number, attemptAt: (input: number, folder: string) => Attempt): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-damaged-"));
	for (let input = from; input < to; input++) {
		const { target, run, bytes } = attemptAt(input, join(folder, "runs"));
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
		if (peak > most) break;
	}
	rmSync(folder, { recursive: true, force: true });
}
