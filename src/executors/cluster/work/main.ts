import { fileURLToPath } from "node:url";
import { work } from "./work.js";

/** What a job of a cluster runs, bundled into one file: `node sweetspot-work.mjs FILE [STARTED-BEFORE]`. */
const [, , file = "", startedBefore] = process.argv;
process.exitCode = await work(file, fileURLToPath(import.meta.url), startedBefore === undefined ? null : Number(startedBefore));
