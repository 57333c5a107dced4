/** log 2 in two parts: the leading 33 bits, so that their product with an exponent is exact, and the rest. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

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
	return exponent * ln2High + (2 * s + (2 * s * series + exponent * ln2Low));
}

/** 2^k for k = −1022 … 1023, by exact halving and doubling. */
const powersOfTwo = Float64Array.from({ length: 2046 }, () => 1);
for (let k = 1; k <= 1023; k++) powersOfTwo[1022 + k] = 2 * powersOfTwo[1021 + k];
for (let k = 1; k <= 1022; k++) powersOfTwo[1022 - k] = powersOfTwo[1023 - k] / 2;

/**
 * eˣ from exact operations only, so that every machine computes the same bits; `Math.exp` may differ in the last one. Relative error below
 * 3e-16 for normal results (tested against `Math.exp`, whose own error is below one unit in the last place); subnormal ones are rounded
 * once more.
 *
 * Writes x = k·log 2 + r, |r| ≤ ½ log 2, and sums e^r = 1 + r + r²/2! + …: the term after r¹³/13! is below 2⁻⁵⁷. What rounding takes from r
 * is put back where it belongs to the sum.
 */
export function exp(x: number): number {
	if (x > 709.79) return Number.POSITIVE_INFINITY;
	if (x < -745.2) return 0;
	if (Number.isNaN(x)) return Number.NaN;
	const k = Math.round(x * Math.LOG2E);
	const high = x - k * ln2High;
	const low = k * ln2Low;
	const r = high - low;
	const lost = high - r - low;
	let series = 0;
	for (let n = 13; n >= 2; n--) series = (series + 1) * (r / n);
	const mantissa = 1 + (r + (r * series + lost));
	if (k > 1023) return 2 * mantissa * powersOfTwo[1022 + 1023];
	if (k >= -1022) return mantissa * powersOfTwo[1022 + k];
	return mantissa * powersOfTwo[1022 + k + 100] * powersOfTwo[1022 - 100];
}

/**
 * cos πx for 0 ≤ x ≤ 1 from exact operations only, so that every machine computes the same bits. Absolute error below 7e-16 (tested
 * against `Math.cos`, whose argument is rounded). At 0, ½ and 1 exactly 1, 0 and −1.
 *
 * cos πx = −cos π(1 − x), and above ¼ it is sin π(½ − x): so |θ| ≤ π/4, where the terms after θ¹⁸/18! are below 2⁻⁶⁶.
 */
export function cosPi(x: number): number {
	if (x > 0.5) return -cosPi(1 - x);
	const isSine = x > 0.25;
	const angle = Math.PI * (isSine ? 0.5 - x : x);
	const square = angle * angle;
	let series = 0;
	for (let n = isSine ? 17 : 18; n >= 2; n -= 2) series = (1 - series) * (square / (n * (n - 1)));
	return isSine ? angle * (1 - series) : 1 - series;
}

/** base^exponent, exponent a whole number from 0, by repeated squaring: unlike `**`, the same on every machine. */
export function power(base: number, exponent: number): number {
	let result = 1;
	for (let square = base, left = exponent; left > 0; square *= square, left = Math.floor(left / 2)) if (left % 2 === 1) result *= square;
	return result;
}
