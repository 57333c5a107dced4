import type { LateLooks } from "../analysis/findings.js";
import { formatCount } from "./numbers.js";

/** `136 steps at batch size 8, 34 at 32`. */
export const widthsOf = (late: readonly LateLooks[]): string =>
	late
		.map(
			({ batchSize, width }, i) =>
				`${formatCount(width)}${i === 0 ? " steps" : ""} at ${i === 0 ? "batch size " : ""}${formatCount(batchSize)}`,
		)
		.join(", ");
