import { put } from "./epilogue";

/** An entry of a list: how many bytes away a row lies, and the number it is multiplied by. */
export const ENTRY: usize = 8;

// @ts-ignore: decorator
@inline
export function addEntry(to: usize, distance: usize, value: i32): void {
	i32.store(to, distance);
	i32.store(to, value, 4);
}

/**
 * to ← Σ value · row over the entries from `list` to `end` (there is at least one), added to what is there if `add`; rows of `width`
 * floats, at their distances from `rows`. Each element is one sum, from zero on, in the list's order. Columns beyond `width` are computed
 * from the bytes that follow and dropped.
 */
export function combine(list: usize, end: usize, rows: usize, width: i32, to: usize, add: bool): void {
	for (; width > 16; width -= 48, rows += 192, to += 192) combine48(list, end, rows, width, to, add);
	for (; width > 4; width -= 16, rows += 64, to += 64) combine16(list, end, rows, width, to, add);
	if (width > 0) combine4(list, end, rows, width, to, add);
}

/** Twelve sums, the entry's number and what is being multiplied fit V8's fifteen registers. */
function combine48(list: usize, end: usize, rows: usize, width: i32, to: usize, add: bool): void {
	let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0, c8 = c0, c9 = c0, c10 = c0, c11 = c0;
	do {
		const row = rows + <usize>load<u32>(list), s = v128.load32_splat(list, 4);
		c0 = f32x4.add(c0, f32x4.mul(s, v128.load(row)));
		c1 = f32x4.add(c1, f32x4.mul(s, v128.load(row, 16)));
		c2 = f32x4.add(c2, f32x4.mul(s, v128.load(row, 32)));
		c3 = f32x4.add(c3, f32x4.mul(s, v128.load(row, 48)));
		c4 = f32x4.add(c4, f32x4.mul(s, v128.load(row, 64)));
		c5 = f32x4.add(c5, f32x4.mul(s, v128.load(row, 80)));
		c6 = f32x4.add(c6, f32x4.mul(s, v128.load(row, 96)));
		c7 = f32x4.add(c7, f32x4.mul(s, v128.load(row, 112)));
		c8 = f32x4.add(c8, f32x4.mul(s, v128.load(row, 128)));
		c9 = f32x4.add(c9, f32x4.mul(s, v128.load(row, 144)));
		c10 = f32x4.add(c10, f32x4.mul(s, v128.load(row, 160)));
		c11 = f32x4.add(c11, f32x4.mul(s, v128.load(row, 176)));
		list += ENTRY;
	} while (list < end);
	finish4(c0, c1, c2, c3, width, to, add);
	finish4(c4, c5, c6, c7, width - 16, to + 64, add);
	finish4(c8, c9, c10, c11, width - 32, to + 128, add);
}

function combine16(list: usize, end: usize, rows: usize, width: i32, to: usize, add: bool): void {
	let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
	do {
		const row = rows + <usize>load<u32>(list), s = v128.load32_splat(list, 4);
		c0 = f32x4.add(c0, f32x4.mul(s, v128.load(row)));
		c1 = f32x4.add(c1, f32x4.mul(s, v128.load(row, 16)));
		c2 = f32x4.add(c2, f32x4.mul(s, v128.load(row, 32)));
		c3 = f32x4.add(c3, f32x4.mul(s, v128.load(row, 48)));
		list += ENTRY;
	} while (list < end);
	finish4(c0, c1, c2, c3, width, to, add);
}

function combine4(list: usize, end: usize, rows: usize, width: i32, to: usize, add: bool): void {
	let c = f32x4.splat(0);
	do {
		c = f32x4.add(c, f32x4.mul(v128.load32_splat(list, 4), v128.load(rows + <usize>load<u32>(list))));
		list += ENTRY;
	} while (list < end);
	if (add) c = f32x4.add(c, v128.load(to));
	put(to, c, width);
}

// @ts-ignore: decorator
@inline
function finish4(c0: v128, c1: v128, c2: v128, c3: v128, width: i32, to: usize, add: bool): void {
	if (width <= 0) return;
	if (add) {
		c0 = f32x4.add(c0, v128.load(to));
		c1 = f32x4.add(c1, v128.load(to, 16));
		c2 = f32x4.add(c2, v128.load(to, 32));
		c3 = f32x4.add(c3, v128.load(to, 48));
	}
	put(to, c0, width);
	if (width <= 4) return;
	put(to + 16, c1, width - 4);
	if (width <= 8) return;
	put(to + 32, c2, width - 8);
	if (width <= 12) return;
	put(to + 48, c3, width - 12);
}
