/** Digits that any float32 can be given back from, and that any of fewer digits survives (C's FLT_DIG). */
const [fewest, most] = [6, 9];

/**
 * The decimal behind a number that went through float32: the shortest that rounds to it. 0.9 is stored as 0.8999999761581421, and would
 * miss a goal of 0.9. A number that float32 can't hold stays unchanged, and so does one with few digits, such as 0.98828125, which needs no
 * shorter form.
 */
export function meantBy(value: number): number {
	if (!Number.isFinite(value) || Math.fround(value) !== value || Number(value.toPrecision(most)) === value) return value;
	for (let digits = fewest; digits < most; digits++) {
		const short = Number(value.toPrecision(digits));
		if (Math.fround(short) === value) return short;
	}
	return Number(value.toPrecision(most));
}
