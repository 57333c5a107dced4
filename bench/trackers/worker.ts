/** Hands damaged files to the readers, as a process of its own: `worker.ts SEED FROM TO`. */
import { Rng } from "../../src/core/rng.js";
import { nextAttempt } from "./attempt.js";
import { tryOut } from "./try-out.js";

const [seed, from, to] = process.argv.slice(2).map(Number);
const rng = Rng.fromSeed(seed);
await tryOut(from, to, (input, folder) => nextAttempt(rng.split(input), folder));
process.exit();
