/** How good the ladder's answers have been, from `npm run bench -- price` on the workloads held back (docs/price.md). */
export const trackRecord =
	"Of 0 such answers on reference workloads that the design was not fitted on, 0 were within 25 % of the best setting (docs/price.md).";
