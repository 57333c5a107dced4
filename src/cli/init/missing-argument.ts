import { SweetspotError } from "../../core/errors.js";
import { placeholdersOf } from "../../study/workloads/command/placeholders.js";
import type { Shell } from "../shell.js";
import type { Inspected } from "./inspect.js";
import type { Argument } from "./script-arguments.js";

/**
 * The script's argument for what neither its text nor its help showed; null where the script takes it from the trial, or the command has
 * its placeholder. Throws `init/no-flag`.
 */
export async function argumentFor(
	shell: Shell,
	command: readonly string[],
	{ readsTrial, readsNone, failure }: Inspected,
	what: "batch size" | "learning rate",
): Promise<Argument | null> {
	const place = what === "batch size" ? "batchSize" : "learningRate";
	const places = command.flatMap(placeholdersOf);
	if (readsTrial || places.includes(place) || (place === "batchSize" && places.includes("microBatch"))) return null;
	const usual = `--${what.replace(" ", "-")}`;
	const naming = `${what === "batch size" ? "--batch-size-flag" : "--learning-rate-flag"} ${usual}`;
	if (failure !== null && "late" in failure)
		throw new SweetspotError(
			"init/no-flag",
			`its text shows no argument for the ${what}, and asked with --help it had not answered after ${failure.late} s`,
			`name it, such as \`${naming}\`; or give it longer, such as \`--seconds ${5 * failure.late}\``,
		);
	if (failure !== null)
		throw new SweetspotError(
			"init/no-flag",
			`asked with --help, the script failed: ${failure.said}`,
			`correct the script: it fails when it is run as \`${command.join(" ")} --help\`; or name the flag, such as \`${naming}\``,
		);
	if (readsNone)
		throw new SweetspotError(
			"init/no-flag",
			`by the look of its text the script reads no arguments, so there is none for the ${what}`,
			`let it read its batch size and its learning rate${command.some((word) => word.endsWith(".py")) ? argparse : ": --batch-size and --lr"}
or let it take them from \`sweetspot.start_trial\` (docs/python.md) or from SWEETSPOT_TRIAL (docs/training-scripts.md);
if a YAML or JSON file sets them, let the command name the file: \`sweetspot init -- ${command.join(" ")} config.yaml\`;
if it reads arguments after all, write where they belong: \`sweetspot init -- ${command.join(" ")} "--batch_size={batchSize}" "--lr={learningRate}"\``,
		);
	const flag = await shell.ask?.(
		`Neither its text nor its --help shows an argument for the ${what}. Which one sets it? (such as ${usual}, or ${place === "batchSize" ? "batch_size=" : "lr="})`,
	);
	if (flag) return { written: flag, value: null };
	throw new SweetspotError(
		"init/no-flag",
		`neither its text nor its --help shows one for the ${what}`,
		`name it, such as \`${naming}\` (or \`batch_size=\` where it takes key=value), or let the script take its trial from SWEETSPOT_TRIAL (docs/training-scripts.md)`,
	);
}

const argparse = `:
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args()  # then train with args.batch_size and args.lr`;
