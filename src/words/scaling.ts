import type { Findings } from "../analysis/findings.js";
import type { Study } from "../study/study.js";
import { traitsOf } from "../study/workloads/table.js";
import { formatCount, formatInterval, formatNumber, formatSeconds, plain } from "./numbers.js";

const named = { none: "no scaling", "square root": "the square-root rule", linear: "the linear rule" } as const;

/** How the best rate grows with the batch size, and which rule of thumb that is; null where too few sizes reached the goal. */
export function rateRuleSentence({ rateRule }: Findings): string | null {
	if (rateRule === null) return null;
	const { exponent, fits, sizes } = rateRule;
	const names = fits.map((name) => named[name]);
	const verdict =
		names.length === 0
			? "no rule of thumb fits"
			: `${names.join(" and ")} ${names.length === 1 ? "fits" : "both fit"}`.replace(
					/^(.*) and (.*) and (.*) both fit$/,
					"$1, $2 and $3 all fit",
				);
	return `Across the ${sizes} batch sizes that reached the goal, the best learning rate grows as B to the power ${formatInterval(exponent, plain)}: ${verdict}.`;
}

/**
 * What data-parallel devices would make of it, marked as a prediction; null for networks of ours, which train on one thread, and where
 * nothing would be gained.
 */
export function devicesSentence({ onDevices }: Findings, { workload }: Study): string | null {
	if (onDevices.length === 0 || !traitsOf(workload).onDevices) return null;
	const each = onDevices.map(
		({ devices, batchSize, seconds, speedUp }) =>
			`${formatSeconds(seconds)} on ${devices} (batch size ${formatCount(batchSize)}, ${formatNumber(speedUp)} times as fast)`,
	);
	return `Predicted for data-parallel devices that share each batch, not measured, and without the time to exchange gradients: ${each.join(", ")}.`;
}
