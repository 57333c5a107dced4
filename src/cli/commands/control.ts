import { resolve } from "node:path";
import { checkControl, control } from "../../api/detached/control.js";
import { SweetspotError } from "../../core/errors.js";
import { exitCode } from "../exit-codes.js";
import type { Shell } from "../shell.js";

/** `sweetspot control FOLDER GENERATION [RESTARTS]`, or `control FOLDER check`: what a controller of a detached study runs. */
export async function controlDetached(shell: Shell, [folder = "", generation = "", restarts = "0"]: readonly string[]): Promise<number> {
	if (generation === "check") await checkControl(resolve(folder));
	else if (/^\d+$/.test(generation) && /^\d+$/.test(restarts))
		await control(resolve(folder), Number(generation), Number(restarts), shell.interrupt);
	else throw new SweetspotError("usage/bad-value", `control got "${generation}"`, "this command is for the jobs of a detached study");
	return exitCode.done;
}
