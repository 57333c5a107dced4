import { sha256Hex } from "../../../core/canonical.js";
import { type JobTask, jobVersion } from "../job-files.js";
import { inPackage } from "./layout.js";
import { zipped } from "./zip.js";

/**
 * What one job gets in addition to its session's package: its task, and whether it may still begin. Ray fetches it when the job begins, and a
 * package with the same name replaces it until then. So this reaches a job that waits, which Ray itself can't end.
 */
export interface JobTicket {
	readonly version: typeof jobVersion;
	/** Null: it was given up. */
	readonly task: JobTask | null;
	/** When the process that waits for it was last there: milliseconds since 1970, by the clock of Ray's head. */
	readonly heard: number;
}

/** The process that waits for a job renews the ticket more often than this; clocks may differ by most of it. */
export const mostSilenceMilliseconds = 120_000;

/** As Ray names packages. */
export const jobPackageName = (job: string): string => `_ray_pkg_${sha256Hex(job).slice(0, 32)}.zip`;

/** `task`: null gives the job up. */
export const jobPackage = (task: JobTask | null, heard: number): Buffer =>
	zipped([
		{
			name: inPackage.ticket,
			bytes: Buffer.from(JSON.stringify({ version: jobVersion, task, heard } satisfies JobTicket)),
			isExecutable: false,
		},
	]);

/** Why a job with this ticket must not begin now; null: it may. */
export function whyTooLate({ task, heard }: JobTicket, now: number): string | null {
	if (task === null) return "it was given up before it began";
	if (now < heard + mostSilenceMilliseconds) return null;
	const seconds = Math.round((now - heard) / 1000);
	return `it began ${seconds} s after the process that waits for it was last heard of (if that still runs, the clocks of the head and of this node differ)`;
}
