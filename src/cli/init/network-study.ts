import { basename, dirname, extname, resolve } from "node:path";
import { parse } from "yaml";
import { schemaVersion } from "../../api/answer-document.js";
import { type OutputFile, writeOutput } from "../../api/output-file.js";
import { resolveInput } from "../../api/resolve-input.js";
import { SweetspotError } from "../../core/errors.js";
import type { Goal } from "../../core/goal.js";
import { factsAbout } from "../../data/load.js";
import { catalogue, isOracle, readSource } from "../../data/sources/table.js";
import { pathsFrom, readBytes } from "../../trainers/read-bytes.js";
import { exitCode } from "../exit-codes.js";
import { goalFrom, goalOf, hasGoal } from "../goal-flags.js";
import { isOn, type RawOptions, textOf } from "../options.js";
import type { Shell } from "../shell.js";
import { networkStudyText } from "./network-study-text.js";

/** `sweetspot init --data DATA`: a study of a network of ours, on data that ship, are installed or made, or on a table of the user's. */
export async function writeNetworkStudy(shell: Shell, out: OutputFile, name: string, options: RawOptions): Promise<number> {
	const { environment } = shell;
	const folder = dirname(resolve(out.path));
	const written = dataFrom(name, textOf(options, "label", environment), textOf(options, "target", environment));
	const source = readSource(written, pathsFrom(folder));
	if (!source || isOracle(source)) throw unknownData(name);
	const { classes, targets = 1 } = await factsAbout(source, readBytes);
	const regression = classes === 0;
	const text = networkStudyText({
		name: textOf(options, "name", environment) ?? basename(name, extname(name)),
		data: written,
		outputs: regression ? targets : classes,
		...(regression && { loss: "mean-squared-error" }),
		goal: hasGoal(options, environment) ? goalOf(options, environment) : usualGoal(regression),
	});
	await resolveInput(parse(text), folder);
	writeOutput(out, [text]);
	if (isOn(options, "json", environment)) shell.print(`${JSON.stringify({ schemaVersion, file: out.path }, null, 2)}\n`);
	else shell.print(`Written: ${out.path}\nLook it over, then: sweetspot plan ${out.path}, and sweetspot tune ${out.path}\n`);
	return exitCode.done;
}

const usualGoal = (regression: boolean): Goal => goalFrom(regression ? "validation.loss<=0.5" : "validation.accuracy>=0.9");

/** As it stands after `data:`. */
function dataFrom(name: string, label: string | undefined, target: string | undefined): unknown {
	if (!/\.csv(\.gz)?$|\.tsv$|\.txt$/.test(name)) return name;
	if (label !== undefined) return { csv: name, label };
	if (target !== undefined) return { csv: name, target, normalizeTarget: "standardize" };
	throw new SweetspotError(
		"usage/bad-value",
		`--data is the table ${name}, and nothing says which of its columns is to be predicted`,
		"add --label COLUMN (classes) or --target COLUMN (numbers)",
	);
}

function unknownData(name: string): SweetspotError {
	const names = catalogue.filter(({ kind }) => kind !== "oracle" && kind !== "yours").map(({ data }) => data);
	return new SweetspotError("usage/bad-value", `--data is "${name}"`, `name one of ${names.join(", ")}, or a table, such as data.csv`);
}
