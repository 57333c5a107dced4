/**
 * The point (cos 2πt, sin 2πt) of the unit circle after `turns` = t of them, from exact operations only, so that every machine computes the
 * same bits; `Math.cos` and `Math.sin` may differ in the last one. Error below 3e-16 (tested against them, whose own is below one unit in
 * the last place), for |t| < 2²⁰.
 *
 * Turns by the nearest eighth first, which is exact in t, and then by the rest, x = 2πr with |x| ≤ π/8, by the series of both functions:
 * the terms after x¹⁵/15! and x¹⁶/16! are below 2⁻⁶⁰.
 */
export function onCircle(turns: number): { readonly x: number; readonly y: number } {
	const eighth = Math.round(8 * turns);
	const angle = 2 * Math.PI * (turns - eighth / 8);
	const square = angle * angle;
	let cosine = 0;
	let sine = 0;
	for (let n = 16; n >= 2; n -= 2) cosine = -(1 + cosine) * (square / (n * (n - 1)));
	for (let n = 15; n >= 3; n -= 2) sine = -(1 + sine) * (square / (n * (n - 1)));
	return turned(1 + cosine, angle + angle * sine, ((eighth % 8) + 8) % 8);
}

/** (x, y) turned by this many eighths. */
function turned(x: number, y: number, eighths: number): { readonly x: number; readonly y: number } {
	if (eighths % 2 === 1) return turned(Math.SQRT1_2 * (x - y), Math.SQRT1_2 * (x + y), eighths - 1);
	if (eighths === 2) return { x: -y, y: x };
	if (eighths === 4) return { x: -x, y: -y };
	return eighths === 6 ? { x: y, y: -x } : { x, y };
}
