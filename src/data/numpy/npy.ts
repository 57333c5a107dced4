import { SweetspotError } from "../../core/errors.js";

/** An array as `numpy.save` writes it, by examples: the first axis counts them, the others together are features. */
export interface NumpyArray {
	/** The file's, or the file's and the array's, for errors. */
	readonly name: string;
	readonly shape: readonly number[];
	/** As numpy writes it, without the byte order: `f8`, `u1`, … */
	readonly type: string;
	/** Length of the first axis. */
	readonly count: number;
	/** Product of the other axes: 1 where there is only one. */
	readonly width: number;
	/**
	 * A number as it stands in the file; features are counted with the last axis fastest, for either order in the file. May be NaN or
	 * infinite.
	 */
	at(example: number, feature: number): number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

type Get = (view: DataView, at: number, littleEndian: boolean) => number;

/** Every type of numbers that numpy writes and that a double holds. Of the 64-bit integers only those are taken that it holds exactly. */
const getters: Readonly<Record<string, { readonly size: number; readonly get: Get }>> = {
	b1: { size: 1, get: (view, at) => view.getUint8(at) },
	u1: { size: 1, get: (view, at) => view.getUint8(at) },
	i1: { size: 1, get: (view, at) => view.getInt8(at) },
	u2: { size: 2, get: (view, at, little) => view.getUint16(at, little) },
	i2: { size: 2, get: (view, at, little) => view.getInt16(at, little) },
	u4: { size: 4, get: (view, at, little) => view.getUint32(at, little) },
	i4: { size: 4, get: (view, at, little) => view.getInt32(at, little) },
	u8: { size: 8, get: (view, at, little) => exact(view.getBigUint64(at, little)) },
	i8: { size: 8, get: (view, at, little) => exact(view.getBigInt64(at, little)) },
	f2: { size: 2, get: (view, at, little) => fromHalf(view.getUint16(at, little)) },
	f4: { size: 4, get: (view, at, little) => view.getFloat32(at, little) },
	f8: { size: 8, get: (view, at, little) => view.getFloat64(at, little) },
};

/** NaN for what a double can't hold: it is refused like one. */
const exact = (integer: bigint): number => (Number.isSafeInteger(Number(integer)) ? Number(integer) : Number.NaN);

/** IEEE 754 half precision: a sign, five bits of exponent, ten of fraction. */
export function fromHalf(bits: number): number {
	const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
	const magnitude =
		exponent === 0x1f
			? fraction === 0
				? Number.POSITIVE_INFINITY
				: Number.NaN
			: exponent === 0
				? fraction * 2 ** -24
				: (1024 + fraction) * 2 ** (exponent - 25);
	return bits & 0x8000 ? -magnitude : magnitude;
}

/**
 * Reads an NPY file, version 1 to 3 (numpy.lib.format). Throws `data/damaged` where it isn't one, `data/unusable` where it holds no numbers
 * by examples.
 */
export function readNpy(bytes: Uint8Array, name: string): NumpyArray {
	const damaged = (found: string) =>
		new SweetspotError("data/damaged", `${name} ${found}`, "save it again with `numpy.save` or `numpy.savez`");
	if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) throw damaged("is no NPY file: it doesn't begin like one");
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const version = bytes[6];
	if (version < 1 || version > 3) throw damaged(`is of version ${version} of the NPY format, expected 1 to 3`);
	const [headerAt, headerLength] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
	const from = headerAt + headerLength;
	if (from > bytes.length) throw damaged(`is cut short: its header ends at byte ${from}, of ${bytes.length}`);
	const header = new TextDecoder().decode(bytes.subarray(headerAt, from)).trim();
	const parsed = parseHeader(header);
	if (!parsed) throw damaged(`has a header that says neither type nor shape: ${header.slice(0, 80)}`);
	const { descr, fortran, shape } = parsed;
	const [order, type] = [descr[0], descr.slice(1)];
	if (!Object.hasOwn(getters, type) || !"<>|=".includes(order)) {
		throw new SweetspotError(
			"data/unusable",
			`${name} holds ${descr}, expected numbers`,
			"turn it into numbers; classes, for instance, by `numpy.unique(labels, return_inverse=True)[1]`",
		);
	}
	const { size, get } = getters[type];
	const items = shape.reduce((product, length) => product * length, 1);
	if (bytes.length - from !== items * size) {
		const off = bytes.length - from < items * size ? "cut short" : "longer than it says";
		throw damaged(`is ${off}: ${shape.join("×")} numbers of ${size} bytes make ${items * size}, found ${bytes.length - from}`);
	}
	if (shape.length === 0) throw new SweetspotError("data/unusable", `${name} is a single number`, "the first axis counts examples");
	const [count, ...axes] = shape;
	const width = axes.reduce((product, length) => product * length, 1);
	const placeOf = fortran ? columnsFirst(count, axes, width) : (example: number, feature: number) => example * width + feature;
	return { name, shape, type, count, width, at: (example, feature) => get(view, from + size * placeOf(example, feature), order !== ">") };
}

interface Header {
	/** Such as `<f8`. */
	readonly descr: string;
	readonly fortran: boolean;
	readonly shape: readonly number[];
}

/**
 * A Python literal such as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`, its keys in any order; null where it is something
 * else.
 */
function parseHeader(text: string): Header | null {
	const descr = /'descr':\s*'([^']*)'/.exec(text);
	const fortran = /'fortran_order':\s*(True|False)/.exec(text);
	const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text);
	if (!descr || !fortran || !shape) return null;
	const rest = [descr, fortran, shape].reduce((left, [found]) => left.replace(found, ""), text);
	if (!/^\{[\s,]*\}$/.test(rest)) return null;
	const lengths = shape[1]
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
	if (!lengths.every((length) => /^\d+$/.test(length))) return null;
	return { descr: descr[1], fortran: fortran[1] === "True", shape: lengths.map(Number) };
}

/**
 * Places in Fortran's order, the first axis fastest: example i, and feature (j₁, j₂, …) of axes (d₁, d₂, …), at i + n·(j₁ + d₁·(j₂ + …)).
 */
function columnsFirst(count: number, axes: readonly number[], width: number): (example: number, feature: number) => number {
	const offsets = Float64Array.from({ length: width }, (_, feature) => {
		let [rest, offset] = [feature, 0];
		for (let axis = axes.length - 1, stride = width; axis >= 0; axis--) {
			stride /= axes[axis];
			offset += stride * (rest % axes[axis]);
			rest = Math.floor(rest / axes[axis]);
		}
		return count * offset;
	});
	return (example, feature) => example + offsets[feature];
}
