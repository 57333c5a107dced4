import { combine } from "./combine";
import { filterEnd, filterList, placeEnds, placeLists } from "./nonzero";
import { turn } from "./turn";
import { Geometry, paddedBytes, paddedLine, runOf } from "./window";

/** The gradients of a convolution from lists of what is not zero in dy. See kernels/nonzero.ts; A is the unfolded example. */

/** own (run × filters) ← Aᵀ·dy from the lists of the filters. */
export function listedWeights(image: usize, g: Geometry, filters: i32, lists: usize, turned: usize, own: usize): void {
	const places = g.outHeight * g.outWidth, row = g.windowWidth * g.channels, run = runOf(g);
	const line = paddedLine(g);
	for (let f = 0, to = turned; f < filters; f++, to += <usize>run << 2) {
		const from = filterList(lists, filters, places, f), end = filterEnd(lists, f);
		if (from == end) memory.fill(to, 0, <usize>run << 2);
		else
			for (let ky = 0; ky < g.windowHeight; ky++)
				combine(from, end, image + <usize>ky * line, row, to + (<usize>(ky * row) << 2), false);
	}
	turn(turned, filters, run, own);
}

/** image ← fold(dy·wᵀ) from the lists of the places, wᵀ being at `turned`. */
export function listedImage(turned: usize, g: Geometry, filters: i32, lists: usize, image: usize): void {
	const places = g.outHeight * g.outWidth, row = g.windowWidth * g.channels;
	const line = paddedLine(g), right = <usize>(g.stride * g.channels) << 2, down = <usize>g.stride * line;
	memory.fill(image, 0, paddedBytes(g));
	let from = placeLists(lists, filters, places);
	let ends = placeEnds(lists, filters);
	for (let oy = 0; oy < g.outHeight; oy++, image += down)
		for (let ox = 0, corner = image; ox < g.outWidth; ox++, corner += right, ends += 4) {
			const end = <usize>load<u32>(ends);
			if (from == end) continue;
			for (let ky = 0; ky < g.windowHeight; ky++)
				combine(from, end, turned + (<usize>(ky * row) << 2), row, corner + <usize>ky * line, true);
			from = end;
		}
}
