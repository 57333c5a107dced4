import { ENTRY, addEntry } from "./combine";
import { Geometry, paddedLine } from "./window";

/**
 * Gradients that are mostly zero, as they are behind a max pooling, which sends each window's gradient to one element: what is not zero is
 * listed, and only the list is worked through. Sums that begin at zero are the same to the bit, since they never are −0 and so adding a
 * zero changes nothing.
 */

/** dy ← dy where y > 0, else 0; all of it where `y` is 0. Returns how many of dy's `count` numbers are not zero then. */
export function stop(y: usize, dy: usize, count: i32): i32 {
	const zero = f32x4.splat(0);
	let left = 0;
	for (; count >= 4; count -= 4, dy += 16) {
		let d = v128.load(dy);
		if (y) {
			d = v128.and(d, f32x4.gt(v128.load(y), zero));
			v128.store(dy, d);
			y += 16;
		}
		left += popcnt(i32x4.bitmask(f32x4.ne(d, zero)));
	}
	for (; count > 0; count--, dy += 4) {
		if (y) {
			if (!(f32.load(y) > 0)) f32.store(dy, 0);
			y += 4;
		}
		if (f32.load(dy) != 0) left++;
	}
	return left;
}

/** Bytes of the lists of one example, for any gradient. */
export function listBytes(g: Geometry, filters: i32): usize {
	const places = <usize>(g.outHeight * g.outWidth);
	return (<usize>filters << 2) + (places << 2) + 2 * places * <usize>filters * ENTRY;
}

/** Lists lie one behind the other: the ends of the filters' lists, the ends of the places' lists, then both kinds of lists. */
// @ts-ignore: decorator
@inline
export function filterEnd(lists: usize, f: i32): usize {
	return load<u32>(lists + (<usize>f << 2));
}

// @ts-ignore: decorator
@inline
export function placeEnds(lists: usize, filters: i32): usize {
	return lists + (<usize>filters << 2);
}

/** The list of a filter begins here; it has room for every place. */
// @ts-ignore: decorator
@inline
export function filterList(lists: usize, filters: i32, places: i32, f: i32): usize {
	return placeEnds(lists, filters) + (<usize>places << 2) + <usize>f * <usize>places * ENTRY;
}

/** The lists of the places begin here, each where the one before ends. */
// @ts-ignore: decorator
@inline
export function placeLists(lists: usize, filters: i32, places: i32): usize {
	return filterList(lists, filters, places, filters);
}

/**
 * Lists what is not zero in dy (places × filters) twice: for each filter its places (by where their windows begin in a padded image), and
 * for each place its filters (by where their weights begin, `run` floats for each), both ascending.
 */
export function list(dy: usize, g: Geometry, filters: i32, run: i32, lists: usize): void {
	const places = g.outHeight * g.outWidth;
	const right = <usize>(g.stride * g.channels) << 2, down = <usize>g.stride * paddedLine(g);
	for (let f = 0; f < filters; f++) store<u32>(lists + (<usize>f << 2), filterList(lists, filters, places, f));
	let ends = placeEnds(lists, filters);
	let to = placeLists(lists, filters, places);
	const zero = f32x4.splat(0);
	for (let oy = 0, row: usize = 0; oy < g.outHeight; oy++, row += down)
		for (let ox = 0, at = row; ox < g.outWidth; ox++, at += right, ends += 4) {
			for (let f = 0; f < filters; f += 4) {
				let found = i32x4.bitmask(f32x4.ne(v128.load(dy + (<usize>f << 2)), zero));
				if (filters - f < 4) found &= (1 << (filters - f)) - 1;
				for (; found; found &= found - 1) {
					const filter = f + ctz(found);
					const value = i32.load(dy + (<usize>filter << 2));
					const end = filterEnd(lists, filter);
					addEntry(end, at, value);
					store<u32>(lists + (<usize>filter << 2), end + ENTRY);
					addEntry(to, <usize>(filter * run) << 2, value);
					to += ENTRY;
				}
			}
			store<u32>(ends, to);
			dy += <usize>filters << 2;
		}
}
