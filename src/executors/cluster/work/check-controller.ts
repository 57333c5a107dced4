import { execFile } from "node:child_process";
import { SweetspotError } from "../../../core/errors.js";
import type { ControllerProbe } from "../job-files.js";

const longestMilliseconds = 120_000;

/** Runs the installed program here, as a controller of a detached study would be. Throws `cluster/unusable` where it can't do its work. */
export function checkController({ main, folder }: ControllerProbe, machine: string): Promise<void> {
	return new Promise((resolve, reject) => {
		execFile(process.execPath, [main, "control", folder, "check"], { timeout: longestMilliseconds }, (error, _, stderr) => {
			if (error === null) return resolve();
			const reason = /^error: (?:\S.*?: )?(.*)$/m.exec(stderr)?.[1] ?? /^Error: .*$/m.exec(stderr)?.[0] ?? stderr.trim().split("\n").at(-1);
			reject(
				new SweetspotError(
					"cluster/unusable",
					`${machine} can't carry a detached study on: ${reason || "no answer within two minutes"}`,
					"omit `--detach`, and let `tune` run in `tmux`; nodes need the installed program under the same path, a folder for temporary files, and `sbatch`",
				),
			);
		});
	});
}
