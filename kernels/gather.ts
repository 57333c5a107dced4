/** Copies the rows and labels named by `indices` together. Rows are whole vectors. */
export function gather(
	features: usize, labels: usize, rowBytes: usize, indices: usize, count: i32, toRows: usize, toLabels: usize,
): void {
	for (; count > 0; count--, indices += 4, toLabels += 4) {
		const index = <usize>load<u32>(indices);
		i32.store(toLabels, i32.load(labels + (index << 2)));
		let from = features + index * rowBytes;
		for (const end = toRows + rowBytes; toRows < end; toRows += 16, from += 16) v128.store(toRows, v128.load(from));
	}
}
