import { join } from "node:path";
import { optionTable } from "../../../src/cli/options.js";
import type { Rng } from "../../../src/core/rng.js";
import { oddNumber, oddText, oneOf } from "./odd.js";

/** Commands that train nothing, or next to nothing, and what they are given. */
const commands = (folder: string): readonly (readonly string[])[] => [
	["plan", join(folder, "whole.yaml")],
	["train", join(folder, "whole.yaml"), "--batch-size", "8", "--learning-rate", "0.1", "--steps", "2", "--json"],
	["show", "made"],
	["studies"],
	["export", "made"],
	["report", "made"],
	["remove", "made"],
	["resume", "made"],
	["data"],
	["import", join(folder, "runs.csv"), "--goal", "validation.loss<=0.5", "--examples", "512", "--json"],
	["experiment", "list"],
	["init", "--data", "blobs", "--out", join(folder, "made.yaml"), "--force"],
];

/** Files and folders stay what they are: odd ones are a person's own wish. The others may rightly mean minutes of training. */
const left = new Set(["store", "out", "checkpoint", "weights", "steps", "epochs", "run", "full", "fresh"]);

const flags = Object.entries(optionTable).flatMap(([name, { flags }]) => (left.has(name) ? [] : [flags]));

/** A command line with some odd flags, or odd values for flags that it has. */
export function oddFlags(rng: Rng, folder: string): readonly string[] {
	const args = [...oneOf(rng, commands(folder)), "--store", join(folder, "store")];
	for (let more = rng.below(4); more > 0; more--) {
		const [flag, value] = oneOf(rng, flags).split(" ");
		args.push(flag);
		if (value !== undefined && rng.below(10) > 0) args.push(rng.below(2) === 0 ? String(oddNumber(rng)) : oddText(rng));
	}
	const at = rng.below(args.length);
	const mayChange = !["--out", "--store", "--steps"].some((flag) => args[at] === flag || args[at - 1] === flag);
	if (mayChange && rng.below(3) === 0) args[at] = oddText(rng);
	else if (mayChange && rng.below(8) === 0) args.splice(at, 1);
	return args.map((arg) => arg.replaceAll("\0", "")); // no process can be given one
}
