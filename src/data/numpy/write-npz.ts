import { joined, u16, writeZip } from "./write-zip.js";

/** An array of single-precision numbers, row-major. */
interface NamedArray {
	readonly name: string;
	readonly shape: readonly number[];
	readonly values: Float32Array;
}

/** The comment at the end of every NPZ file of ours: it shows that the file may be overwritten. */
export const weightsMark = "weights, by Sweetspot";

/** An NPZ file as `numpy.savez` writes it: a ZIP file of NPY files, stored, in this order. Up to 4 GiB. */
export const npzOf = (arrays: readonly NamedArray[]): Uint8Array =>
	writeZip(
		arrays.map((array) => ({ name: `${array.name}.npy`, content: npyOf(array) })),
		weightsMark,
	);

/** NPY, version 1.0: the header padded with spaces so that the numbers begin at a multiple of 64 bytes. */
function npyOf({ shape, values }: NamedArray): Uint8Array {
	const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
	const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
	const length = 64 * Math.ceil((10 + text.length + 1) / 64) - 10;
	const header = new TextEncoder().encode(`${text.padEnd(length - 1)}\n`);
	const numbers = new DataView(new ArrayBuffer(4 * values.length));
	for (let i = 0; i < values.length; i++) numbers.setFloat32(4 * i, values[i], true);
	return joined([
		Uint8Array.from([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, ...u16(length)]),
		header,
		new Uint8Array(numbers.buffer),
	]);
}
