/** What a study searches where the script's own settings aren't known. */
const usual = { rates: { from: 0.0001, to: 1 }, largest: 1024, smallest: 8 };

/** This many times smaller and larger rates than the script's own are searched: as wide as the usual range. */
const rateFactor = 100;

/** This many doublings to either side of the script's own batch size. */
const doublings = 4;

const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** The rates to search: around the script's own, where it has one. */
export const ratesAround = (own: number | null): { readonly from: number; readonly to: number } =>
	own === null || !(own > 0) ? usual.rates : { from: twoDigits(own / rateFactor), to: twoDigits(own * rateFactor) };

/** The batch sizes to try, by factors of 2: around the script's own, which is one of them, where it has one. */
export function sizesAround(own: number | null, examples: number | null): { readonly from: number; readonly to: number } {
	const most = examples ?? Number.POSITIVE_INFINITY;
	if (own === null || !(own >= 1) || own > most) {
		const to = Math.min(usual.largest, most);
		return { from: Math.min(usual.smallest, to), to };
	}
	let from = own;
	for (let i = 0; i < doublings && from % 2 === 0; i++) from /= 2;
	const to = own * 2 ** doublings;
	// An odd number of examples has no half: such sizes are tried upwards alone, if at least from a quarter.
	return { from: from <= own / 4 || own < 4 ? from : Math.max(1, Math.round(own / 2 ** doublings)), to: Math.min(to, most) };
}
