/**
 * Which of several sizes are shown to be worse than the best, from how often each is as good. A single one is where its 95 % interval of
 * the difference lies on one side of 0: at a share of 2.5 % or less. Of m sizes that are as good in truth, though, one would seem worse
 * more often than that, by luck. So the smallest share may be 2.5 %/m, the next 2.5 %/(m − 1), …, as far as none is above its bound: the
 * chance of calling any of them worse is 2.5 % at most, no matter what they share. Source: Holm 1979 (Scandinavian Journal of Statistics
 * 6).
 */
export function shownWorse(shares: readonly number[]): readonly boolean[] {
	const ascending = shares.map((share, i) => ({ share, i })).sort((a, b) => a.share - b.share);
	const among = ascending.findIndex(({ share }, k) => share > 0.025 / (shares.length - k));
	const worse = new Set((among < 0 ? ascending : ascending.slice(0, among)).map(({ i }) => i));
	return shares.map((_, i) => worse.has(i));
}
