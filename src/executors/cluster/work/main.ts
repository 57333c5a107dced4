import { fileURLToPath } from "node:url";
import { folderChannel } from "./job-channel.js";
import { logChannel } from "./log-channel.js";
import { work } from "./work.js";

/** What a job of a cluster runs, bundled into one file: `node sweetspot-work.mjs FILE [STARTED-BEFORE]`; without a file, an uploaded one. */
const [, , file, startedBefore] = process.argv;
const channel = file === undefined ? logChannel() : folderChannel(file, startedBefore === undefined ? null : Number(startedBefore));
process.exitCode = await work(channel, fileURLToPath(import.meta.url));
