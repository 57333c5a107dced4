/** Rows of this many bytes are worth the engine's own copying loop, which is called, not inlined. */
const LONG: usize = 128;

/** Copies the rows and labels named by `indices` together. Rows are whole vectors. */
export function gather(
	features: usize, labels: usize, rowBytes: usize, indices: usize, count: i32, toRows: usize, toLabels: usize,
): void {
	for (; count > 0; count--, indices += 4, toLabels += 4) {
		const index = <usize>load<u32>(indices);
		i32.store(toLabels, i32.load(labels + (index << 2)));
		let from = features + index * rowBytes;
		const end = toRows + rowBytes;
		if (rowBytes >= LONG) {
			memory.copy(toRows, from, rowBytes);
			toRows = end;
		} else for (; toRows < end; toRows += 16, from += 16) v128.store(toRows, v128.load(from));
	}
}

/** Copies the rows named by `indices` together: targets, where there are no labels. */
export function gatherRows(rows: usize, rowBytes: usize, indices: usize, count: i32, to: usize): void {
	for (; count > 0; count--, indices += 4) {
		let from = rows + <usize>load<u32>(indices) * rowBytes;
		for (const end = to + rowBytes; to < end; to += 16, from += 16) v128.store(to, v128.load(from));
	}
}

/** Copies `bytes` (a multiple of 16). */
export function copy(from: usize, to: usize, bytes: usize): void {
	memory.copy(to, from, bytes);
}
