import { fileURLToPath } from "node:url";
import { work } from "./work.js";

/** What a job of a cluster runs, bundled into one file: `node sweetspot-work.mjs FILE`. */
process.exitCode = await work(process.argv[2] ?? "", fileURLToPath(import.meta.url));
