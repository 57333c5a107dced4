/** Where a function is highest on an interval, and how high. */
export interface Maximum {
	readonly at: number;
	readonly value: number;
}

const golden = (Math.sqrt(5) - 1) / 2;

/**
 * The maximum of a function on [low, high]: the best of `starts` evenly spaced points, its two neighbours then narrowed by golden section
 * to `precision`. Finds the highest of several peaks if the points separate them; an end of the interval counts as a point like any other.
 */
export function maximise(f: (x: number) => number, low: number, high: number, precision: number, starts = 25): Maximum {
	const step = (high - low) / (starts - 1);
	let best: Maximum = { at: low, value: f(low) };
	for (let i = 1; i < starts; i++) {
		const at = low + i * step;
		const value = f(at);
		if (value > best.value) best = { at, value };
	}
	let a = Math.max(low, best.at - step);
	let b = Math.min(high, best.at + step);
	let left = b - golden * (b - a);
	let right = a + golden * (b - a);
	let atLeft = f(left);
	let atRight = f(right);
	while (b - a > precision) {
		if (atLeft >= atRight) {
			[b, right, atRight] = [right, left, atLeft];
			left = b - golden * (b - a);
			atLeft = f(left);
		} else {
			[a, left, atLeft] = [left, right, atRight];
			right = a + golden * (b - a);
			atRight = f(right);
		}
	}
	const found = atLeft >= atRight ? { at: left, value: atLeft } : { at: right, value: atRight };
	return found.value >= best.value ? found : best;
}

/**
 * Where a function that is positive at `inside` turns negative on the way to `outside`, within `precision`; null where it is still positive
 * there. If it changes sign more than once, one of the changes.
 */
export function signChange(f: (x: number) => number, inside: number, outside: number, precision: number): number | null {
	if (f(outside) >= 0) return null;
	let a = inside;
	let b = outside;
	// First doubles its steps from inside, as a likelihood is steep near its top and flat far away; then halves.
	for (let step = 0.05 * Math.sign(outside - inside); Math.abs(step) < Math.abs(outside - inside); step *= 2) {
		const x = inside + step;
		if (f(x) < 0) {
			b = x;
			break;
		}
		a = x;
	}
	while (Math.abs(b - a) > precision) {
		const middle = (a + b) / 2;
		if (f(middle) >= 0) a = middle;
		else b = middle;
	}
	return (a + b) / 2;
}
