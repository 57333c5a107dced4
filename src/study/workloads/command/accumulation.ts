import { usedPlaceholders } from "./parts-problems.js";
import type { CommandWorkload } from "./workload.js";

/** Arguments for the number of batches over which gradients are accumulated, as scripts and frameworks name them; `-` also matches `_`. */
export const accumulationNames = [
	"gradient-accumulation-steps",
	"grad-accumulation-steps",
	"grad-accum-steps",
	"gradient-accumulation",
	"accumulate-grad-batches",
	"accumulation-steps",
	"grad-accum",
	"accum-steps",
	"accum-iter",
	"grad-accumulation",
	"gradient-accumulate-every",
	"update-freq",
] as const;

/** An argument's last name: `trainer.accumulate_grad_batches` is `accumulate-grad-batches`. */
export const plainName = (argument: string): string =>
	argument
		.replace(/^[-+]+/, "")
		.replace(/^.*\./, "")
		.replaceAll("_", "-")
		.toLowerCase();

/** The number of batches over which the command itself accumulates gradients, and its argument; null if there is none or it is 1. */
function literalAccumulation(command: readonly string[]): { readonly argument: string; readonly times: number } | null {
	for (const [i, word] of command.entries()) {
		const [argument, joined] = word.split(/=(.*)/s);
		if (!(accumulationNames as readonly string[]).includes(plainName(argument))) continue;
		const times = Number(joined ?? command[i + 1]);
		if (Number.isInteger(times) && times > 1) return { argument, times };
	}
	return null;
}

/** That an update uses more examples than the batch size that is reported. */
export function accumulationRemarks(workload: CommandWorkload): readonly string[] {
	const found = literalAccumulation(workload.command);
	if (found === null || !usedPlaceholders(workload).has("batchSize")) return [];
	const { argument, times } = found;
	return [
		`${argument} is ${times}: if {batchSize} is what the script accumulates, an update uses ${times} times the batch size, and every figure is off by as much. Write {microBatch} in place of {batchSize} and {accumulation} in place of ${times}, with \`microBatch: 8\` in \`workload\` for the most examples that fit at once (docs/training-scripts.md).`,
	];
}
