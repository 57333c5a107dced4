import { sha256Hex } from "./canonical.js";

/** SHA-256 of numbers as little-endian bytes, as 64 hexadecimal digits: the same on every machine. */
export function sha256OfNumbers(values: Float64Array | Float32Array | Int32Array): string {
	const width = values.BYTES_PER_ELEMENT;
	const bytes = new Uint8Array(values.length * width);
	const view = new DataView(bytes.buffer);
	for (const [i, value] of values.entries()) {
		if (values instanceof Float64Array) view.setFloat64(width * i, value, true);
		else if (values instanceof Float32Array) view.setFloat32(width * i, value, true);
		else view.setInt32(width * i, value, true);
	}
	return sha256Hex(bytes);
}
