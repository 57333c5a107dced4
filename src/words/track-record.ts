/** How good the ladder's answers have been, from `npm run bench -- price` on the workloads held back (docs/price.md). */
export const trackRecord =
	"Of 60 such answers on reference workloads that the ladder was not made on, 25 were within 25 % of the best setting (docs/price.md).";
