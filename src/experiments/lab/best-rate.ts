/**
 * The learning rate of least loss, between the rates that were tried: the vertex of the parabola through the best one and its two
 * neighbours, in the logarithms of rate and loss. Half an octave from the best one at most, since neither neighbour is lower. Where the
 * best is the first or last of the rates, or a neighbour diverged (a loss of null), the best one itself.
 *
 * `rates`: ascending, each twice the one before. Null where all diverged.
 */
export function bestRate(
	rates: readonly number[],
	losses: readonly (number | null)[],
): { readonly rate: number; readonly place: number } | null {
	let place = -1;
	for (const [i, loss] of losses.entries())
		if (loss !== null && (place < 0 || loss < (losses[place] ?? Number.POSITIVE_INFINITY))) place = i;
	if (place < 0) return null;
	const [left, here, right] = [losses[place - 1] ?? null, losses[place], losses[place + 1] ?? null];
	if (left === null || here === null || right === null) return { rate: rates[place], place };
	const [a, b, c] = [left, here, right].map(Math.log);
	const bend = a - 2 * b + c;
	return { rate: bend > 0 ? rates[place] * 2 ** ((a - c) / (2 * bend)) : rates[place], place };
}
