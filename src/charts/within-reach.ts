/**
 * The range of an axis that a few values would dominate: one diverged run at 1e20 flattens all others. Undefined if all values
 * fit. Values beyond it are drawn at its end.
 */
export function withinReach(values: readonly number[], scale: "linear" | "log"): readonly [number, number] | undefined {
	const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
	if (sorted.length < 4) return undefined;
	const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
	const [low, middle, high, end] = [sorted[0], at(0.5), at(0.75), sorted[sorted.length - 1]];
	const reach = scale === "log" ? high * (high / Math.max(low, Number.MIN_VALUE)) ** 0.5 : high + 2 * (high - low);
	return end > Math.max(reach, middle * 100) ? [low, Math.max(high, middle * 10)] : undefined;
}
