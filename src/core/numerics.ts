/**
 * Natural logarithm from exact operations only, so that every machine computes the same bits; `Math.log` may differ in the last one.
 * Relative error below 3e-16 (tested against `Math.log`, whose own error is below one unit in the last place).
 *
 * Writes x = 2^e · m with m in [√½, √2) and sums log m = 2·artanh(s) = 2s(1 + s²/3 + s⁴/5 + …), s = (m − 1)/(m + 1), |s| ≤ 0.1716:
 * the term after s²²/23 is below 2⁻⁵⁸ of the sum. 0 gives −Infinity, negative numbers and NaN give NaN.
 */
export function log(x: number): number {
	if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
	if (x === Number.POSITIVE_INFINITY) return x;
	let mantissa = x;
	let exponent = 0;
	while (mantissa >= 4294967296) {
		mantissa /= 4294967296;
		exponent += 32;
	}
	while (mantissa < 1 / 4294967296) {
		mantissa *= 4294967296;
		exponent -= 32;
	}
	while (mantissa >= Math.SQRT2) {
		mantissa /= 2;
		exponent++;
	}
	while (mantissa < Math.SQRT1_2) {
		mantissa *= 2;
		exponent--;
	}
	const s = (mantissa - 1) / (mantissa + 1);
	const square = s * s;
	let series = 0;
	for (let k = 23; k >= 3; k -= 2) series = (series + 1 / k) * square;
	const ln2High = 0.6931471803691238; // the leading 33 bits of log 2, so that exponent · ln2High is exact
	const ln2Low = 1.9082149292705877e-10;
	return exponent * ln2High + (2 * s + (2 * s * series + exponent * ln2Low));
}
