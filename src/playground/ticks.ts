/** Round numbers from `low` to `high`, at most about `count`: multiples of 1, 2 or 5 times a power of ten. */
export function roundTicks(low: number, high: number, count: number): readonly number[] {
	if (!(high > low)) return [low];
	const raw = (high - low) / count;
	const power = 10 ** Math.floor(Math.log10(raw));
	const stride = power * ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10);
	const first = Math.ceil(low / stride);
	return Array.from({ length: Math.floor(high / stride) - first + 1 }, (_, i) => Number(((first + i) * stride).toPrecision(12)));
}
