import { readFileSync } from "node:fs";
import { SweetspotError } from "../../../src/core/errors.js";
import type { Rng } from "../../../src/core/rng.js";
import type { Target } from "./targets.js";

/** No input may make the process hold more. */
export const mostBytes = 2 * 2 ** 30;

/** How an input ended: taken, refused as its author's mistake, or neither. */
export type Judgement = { readonly end: "taken" | "refused" } | { readonly end: "wrong"; readonly found: string };

/** Hands one input over. `most`: bytes that the process may have held by then. */
export async function judged({ attempt }: Pick<Target, "attempt">, rng: Rng, folder: string, most = mostBytes): Promise<Judgement> {
	try {
		return sizeJudged((await attempt(rng, folder)) === "refused" ? "refused" : "taken", most);
	} catch (error) {
		if (!(error instanceof SweetspotError)) return { end: "wrong", found: wordsOf(error) };
		const { message, fix } = error;
		if (fix === "" || /\[object Object\]/.test(message + fix))
			return { end: "wrong", found: `a message that helps no one: ${message}; fix: ${fix}` };
		return sizeJudged("refused", most);
	}
}

const wordsOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 1500);

function sizeJudged(end: "taken" | "refused", most: number): Judgement {
	const peak = peakBytes();
	return peak <= most ? { end } : { end: "wrong", found: `the process has held ${peak} bytes` };
}

/** The most memory that this process has held. */
function peakBytes(): number {
	try {
		return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0);
	} catch {
		return process.memoryUsage().rss;
	}
}
