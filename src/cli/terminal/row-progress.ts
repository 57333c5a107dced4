import { formatCount } from "../../words/numbers.js";
import { liveBlock } from "./live-block.js";
import type { Terminal } from "./terminal.js";

/** So many rows are read before anything is said: fewer take no time. */
const silentRows = 100_000;
/** Where nobody watches, a line each time that so many more were read. */
const rowsPerLine = 1_000_000;

/** Says on standard error how many rows of a number that isn't known were read. */
export function rowProgress(terminal: Terminal): { readonly add: (rows: number) => void; readonly end: () => void } {
	let rows = 0;
	const block = terminal.interactive ? liveBlock(terminal) : null;
	return {
		add(more) {
			const lines = Math.floor(rows / rowsPerLine);
			rows += more;
			if (block && rows >= silentRows) block.draw(() => [`Reading: ${formatCount(rows)} rows`]);
			else if (!block && Math.floor(rows / rowsPerLine) > lines) terminal.stream.write(`Reading: ${formatCount(rows)} rows\n`);
		},
		end: () => block?.clear(),
	};
}
