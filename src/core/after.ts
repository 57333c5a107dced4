/** What a timer can wait for at most: it fires at once where it is given more. About 24.9 days. */
const longestTimerMilliseconds = 2 ** 31 - 1;

/** Acts after this many milliseconds, however many they are. Returns what calls it off. */
export function after(milliseconds: number, act: () => void): () => void {
	let timer: ReturnType<typeof setTimeout>;
	const wait = (left: number): void => {
		const now = Math.min(left, longestTimerMilliseconds);
		timer = setTimeout(() => (left > now ? wait(left - now) : act()), now);
	};
	wait(milliseconds);
	return () => clearTimeout(timer);
}
