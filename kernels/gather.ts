/** Rows of so many bytes are worth the engine's own copying loop, which is called, not inlined. */
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
