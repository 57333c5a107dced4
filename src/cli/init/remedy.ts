import type { Attempt, Tried } from "../../api/try-command.js";
import { isCrash } from "../../trainers/command/outcome.js";
import { listed } from "../../words/listed.js";
import { placeless } from "./guess-patterns.js";

/**
 * What programs say that were called without something they need, as argparse, click and Typer put it: then its name, which the group
 * catches.
 */
const needsMore = /(?:arguments? (?:is|are) required|missing (?:required )?(?:option|argument|parameter)s?):?\s*(.*)$/i;

/** What would make metrics arrive from a script that reported none. `written`: the command as the user wrote it. */
export function remedyFor(
	{ result, printed, command }: Pick<Tried, "result" | "printed" | "command">,
	written: readonly string[],
	{ seconds }: Pick<Attempt, "seconds">,
): string {
	if (isCrash(result)) {
		const needed = printed.map((line) => needsMore.exec(line)?.[1]).find((name) => name !== undefined);
		if (needed === undefined) return `correct the script: it fails when it is run as \`${command.join(" ")}\``;
		const flag = /--?[A-Za-z][\w-]*/.exec(needed)?.[0];
		return `put what it needs behind \`--\`: \`sweetspot init -- ${[...written, ...(flag === undefined ? [] : [flag])].join(" ")} …\``;
	}
	if (result.outcome === "out of memory") return `let it run in less memory: it was run as \`${command.join(" ")}\``;
	const [headline] = (result.message ?? "").split("\n");
	if (result.outcome === "failed" && !/ended without having reported/.test(headline)) return `correct what it reports: ${headline}`;
	const metrics = placeless(printed);
	if (metrics.length > 0)
		return `it prints ${listed(metrics)}, but nothing that shows how far it is: let it print "epoch 3" or "step 100" in the same line, or in one before`;
	const lines = `let it print lines such as "step 100 val_acc=0.91", or {"sweetspot":1,"step":100,"metrics":{"validation.accuracy":0.91}} (docs/training-scripts.md)`;
	return result.outcome === "timed out"
		? `if it only takes long to begin, give it longer: --seconds ${5 * seconds}; else ${lines}, while it trains and not at its end alone`
		: lines;
}
