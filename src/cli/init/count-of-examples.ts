import type { TrainingEvent } from "../../trainers/command/protocol.js";

/** How scripts print how many examples they train on; the first that is found counts. A number may have commas in it. */
const printed = [
	/\bnum(?:ber of)?[ _](?:train(?:ing)?[ _])?examples\s*[=:]\s*(\d[\d,_]*)/i, // Hugging Face's trainer
	/\btrain(?:ing)?\b.*\[\s*\d+\s*\/\s*(\d+)\s*\(\s*\d+\s*%\)\]/i, // PyTorch's MNIST example
	/\btrain(?:ing)?[ _-]?(?:set|data(?:set)?|split)?[ _-]?(?:size|length|examples|samples)\s*[=:]\s*(\d[\d,_]*)/i,
	/(?<![\d.,])(\d[\d,]*) (?:train(?:ing)? )(?:examples|samples|images|sequences|sentences|rows)\b/i,
	/\btrain(?:ing)?[ _](?:set|on|data|dataset)\b\D{0,20}?(\d[\d,]*) (?:examples|samples|images|sequences|sentences|rows)\b/i,
];

/**
 * How many training examples the script says that it has, in what it prints or by its own counters of epochs and examples; null where it
 * doesn't.
 */
export function countOfExamples(lines: readonly string[], events: readonly TrainingEvent[]): number | null {
	for (const { place } of events) {
		const { epoch, examples } = place;
		if (epoch !== undefined && epoch >= 1 && Number.isInteger(epoch) && examples !== undefined) return Math.round(examples / epoch);
	}
	for (const pattern of printed)
		for (const line of lines) {
			const [, text] = pattern.exec(line) ?? [];
			const count = Number(text?.replace(/[,_]/g, ""));
			if (count > 0) return count;
		}
	return null;
}
