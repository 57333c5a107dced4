/** The 4 × 4 floats whose rows are r0 … r3, turned: column after column at `to`, `step` bytes apart. */
// @ts-ignore: decorator
@inline
export function turn4(r0: v128, r1: v128, r2: v128, r3: v128, to: usize, step: usize): void {
	const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
	const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
	v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
	v128.store(to + step, v128.shuffle<f64>(low01, low23, 1, 3));
	v128.store(to + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2));
	v128.store(to + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3));
}

/** to (columns × rows) ← the transpose of the matrix at `from` (rows × columns). Neither has padding. */
export function turn(from: usize, rows: i32, columns: i32, to: usize): void {
	const line = <usize>columns << 2, step = <usize>rows << 2;
	let i = 0;
	for (; i + 4 <= rows; i += 4) {
		let at = from + <usize>i * line;
		let into = to + (<usize>i << 2);
		let j = columns;
		for (; j >= 4; j -= 4, at += 16, into += 4 * step)
			turn4(v128.load(at), v128.load(at + line), v128.load(at + 2 * line), v128.load(at + 3 * line), into, step);
		for (; j > 0; j--, at += 4, into += step) {
			f32.store(into, f32.load(at));
			f32.store(into, f32.load(at + line), 4);
			f32.store(into, f32.load(at + 2 * line), 8);
			f32.store(into, f32.load(at + 3 * line), 12);
		}
	}
	for (; i < rows; i++)
		for (let j = 0; j < columns; j++) f32.store(to + <usize>j * step + (<usize>i << 2), f32.load(from + <usize>i * line + (<usize>j << 2)));
}
