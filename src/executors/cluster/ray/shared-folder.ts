import { writeFileSync } from "node:fs";
import { dirname, sep } from "node:path";
import { outFileOf, stopFileOf } from "../job-files.js";
import type { Delivery } from "./delivery.js";

/**
 * What a job runs. Ray gives it to a shell, so it is always the same: which folder, program and file, variables say. A job that was given
 * up before it began ends at once, though Ray runs it all the same. Ray's token stays out of the job.
 */
const entrypoint = [
	"unset RAY_AUTH_TOKEN RAY_AUTH_TOKEN_PATH",
	"umask 077",
	'cd "$SWEETSPOT_JOB_FOLDER" || exit 1',
	'if [ -e "$SWEETSPOT_JOB_STOP" ]; then exit 0; fi',
	'exec "$SWEETSPOT_JOB_NODE" "$SWEETSPOT_JOB_PROGRAM" "$SWEETSPOT_JOB_FILE" >>"$SWEETSPOT_JOB_OUT" 2>&1',
].join("; ");

interface SharedPlace {
	/** Absolute, the study's own. */
	readonly folder: string;
	readonly program: string;
	readonly node: string;
}

/** Jobs and this process see the same folder. */
export const sharedFolder = ({ folder, program, node }: SharedPlace): Delivery => ({
	sharesFolder: true,
	notice: null,
	async check() {},
	async request(_, file) {
		const variables = {
			SWEETSPOT_JOB_FOLDER: dirname(file),
			SWEETSPOT_JOB_STOP: stopFileOf(file),
			SWEETSPOT_JOB_NODE: node,
			SWEETSPOT_JOB_PROGRAM: program,
			SWEETSPOT_JOB_FILE: file,
			SWEETSPOT_JOB_OUT: outFileOf(file),
		};
		return { entrypoint, runtime_env: { env_vars: variables }, metadata: { sweetspot: file } };
	},
	async fetch() {},
	async giveUp(_, { sweetspot: file }) {
		// Only in the study's own folder: what the list says may be another's.
		if (typeof file !== "string" || !file.startsWith(`${folder}${sep}`) || file.includes(`${sep}..${sep}`) || !file.endsWith(".json"))
			return;
		try {
			writeFileSync(stopFileOf(file), "", { mode: 0o600 });
		} catch {} // its folder is gone, and it can't run; or there is no room, and it is stopped all the same
	},
});
