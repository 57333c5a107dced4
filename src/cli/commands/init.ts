import { statSync } from "node:fs";
import { checkOutput, type OutputFile } from "../../api/output-file.js";
import { SweetspotError } from "../../core/errors.js";
import { withInterpreter } from "../init/command-line.js";
import { writeNetworkStudy } from "../init/network-study.js";
import { writeScriptStudy } from "../init/script-study.js";
import { isOn, type RawOptions, textOf } from "../options.js";
import type { Shell } from "../shell.js";

/** `sweetspot init [SCRIPT…]`: writes a study file for a script, which it tries, or with `--data` for a network of ours. */
export async function init(shell: Shell, words: readonly string[], options: RawOptions): Promise<number> {
	const { environment } = shell;
	const path = textOf(options, "out", environment) ?? "study.yaml";
	const force = isOn(options, "force", environment);
	const out: OutputFile = { path, flag: "--out", replaces: null, force, unwritable: "init/unwritable" };
	if (statSync(path, { throwIfNoEntry: false })?.isFile() && !force)
		throw new SweetspotError("init/exists", path, "name another one with --out FILE, or write over it with --force");
	checkOutput(out);
	const data = textOf(options, "data", environment);
	if (data !== undefined) return await writeNetworkStudy(shell, out, data, options);
	return await writeScriptStudy(shell, out, await commandOf(shell, words), options);
}

async function commandOf(shell: Shell, words: readonly string[]): Promise<readonly string[]> {
	const named =
		words.length > 0 ? words : (await shell.ask?.("Which command trains your network? (such as: python3 train.py)"))?.split(/\s+/);
	if (named && named[0] !== "" && named[0] !== undefined) return withInterpreter(named);
	throw new SweetspotError(
		"usage/bad-value",
		"init has neither a script nor data to write a study for",
		"for example `sweetspot init -- python3 train.py`, or `sweetspot init --data digits`",
	);
}
