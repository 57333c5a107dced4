/** Writes damaged files while they are read, as a process of its own: `live-worker.ts SEED FROM TO`. */
import { Rng } from "../../src/core/rng.js";
import { nextLiveAttempt } from "./live-attempt.js";
import { tryOut } from "./try-out.js";

const [seed, from, to] = process.argv.slice(2).map(Number);
const rng = Rng.fromSeed(seed);
await tryOut(from, to, (input, folder) => nextLiveAttempt(rng.split(input), folder));
process.exit();
