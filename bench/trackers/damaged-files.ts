/**
 * 10,000 damaged files of trackers, half at random places, half with lengths and counts that lie: each is read, or refused with a reason
 * and a fix, within 30 s and 64 MB + 20 times its size. As many are read while they are written, as those of a trial are. What isn't is
 * listed, and the exit code is 1.
 */
import { fileURLToPath } from "node:url";
import { fuzzCampaign } from "../torture/fuzz/campaign.js";
import type { Problem } from "../torture/problem.js";

const inputs = 10_000;
const seed = 1;
const hangMilliseconds = 30_000;

export async function run(json: boolean): Promise<void> {
	const stop = new AbortController();
	process.once("SIGINT", () => stop.abort());
	const course = { say: (text: string) => void process.stderr.write(`${text}\n`), stop: stop.signal };
	const counts = new Map<string, { tried: number; refused: number }>();
	const problems: Problem[] = [];
	for (const program of [new URL("./worker.ts", import.meta.url), new URL("./live-worker.ts", import.meta.url)]) {
		const worker = { file: fileURLToPath(program), patience: hangMilliseconds };
		const found = await fuzzCampaign(seed, inputs, course, worker);
		for (const [target, count] of found.counts) counts.set(target, count);
		problems.push(...found.problems);
	}
	if (json) process.stdout.write(`${JSON.stringify({ inputs, seed, counts: [...counts], problems })}\n`);
	else
		for (const [name, { tried, refused }] of [...counts].sort())
			process.stdout.write(`${name.padEnd(30)} ${tried} tried, ${refused} refused\n`);
	if (problems.length > 0) process.exitCode = 1;
}
