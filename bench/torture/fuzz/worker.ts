/**
 * Tries inputs, as a process of its own: `worker.ts SEED FROM TO`. Says on standard output which one it tries, and how it ended, a line
 * each.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { Rng } from "../../../src/core/rng.js";
import { dataFiles, studies } from "./bases.js";
import { judged } from "./judge.js";
import { outside, workingFolder } from "./outside.js";
import { type Target, targets } from "./targets.js";

const [seed, from, to] = process.argv.slice(2).map(Number);
const top = mkdtempSync(join(tmpdir(), "sweetspot-inputs-"));
const folder = join(top, ...workingFolder);
mkdirSync(folder, { recursive: true });
process.chdir(folder);
process.env.SWEETSPOT_MAX_BYTES = "50000000";
for (const [name, bytes] of Object.entries(dataFiles)) writeFileSync(name, bytes);
writeFileSync("trainer.mjs", "export async function train() {}\n");
writeFileSync("script.py", "print('nothing')\n");
writeFileSync("whole.yaml", stringify(studies[0]));

const drawn = targets.flatMap((target) => Array.from({ length: target.weight }, (): Target => target));
const rng = Rng.fromSeed(seed);
for (let input = from; input < to; input++) {
	const own = rng.split(input);
	const target = drawn[own.below(drawn.length)];
	const say = (what: object) => process.stdout.write(`${JSON.stringify({ input, target: target.name, ...what })}\n`);
	say({ end: "begun" });
	const judgement = await judged(target, own, folder);
	const strays = outside(top);
	say(strays.length > 0 ? { end: "wrong", found: `files outside the folder: ${strays}` } : judgement);
	for (const stray of strays) rmSync(join(top, stray), { recursive: true, force: true });
	if (judgement.end === "wrong" && judgement.found.startsWith("the process has held")) break; // it would be reported of every other
}
process.chdir("/");
rmSync(top, { recursive: true, force: true });
process.exit();
