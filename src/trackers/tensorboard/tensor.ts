import type { Message } from "../protobuf.js";

/** Types of a TensorProto's values (tensorflow/core/framework/types.proto). */
const types = { float: 1, double: 2, int32: 3, string: 7, int64: 9 } as const;

/** A scalar as TensorFlow 2 and Keras write it: its first value, by its type; undefined where it is of another type, or has none. */
export function scalarOf(tensor: Message): number | undefined {
	let type = 0;
	let value: number | undefined;
	let content: Uint8Array | undefined;
	while (tensor.next()) {
		if (tensor.field === 1 && tensor.wire === 0) type = tensor.varint;
		else if (tensor.field === 4 && tensor.wire === 2) content = tensor.content;
		else if (value !== undefined) continue;
		// Repeated numbers are packed; a single one may be in either form.
		else if (tensor.field === 5) value = tensor.wire === 5 ? tensor.float : first(tensor.content, types.float);
		else if (tensor.field === 6) value = tensor.wire === 1 ? tensor.double : first(tensor.content, types.double);
	}
	return content === undefined ? value : first(content, type);
}

function first(bytes: Uint8Array, type: number): number | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (type === types.float && bytes.length >= 4) return view.getFloat32(0, true);
	if (type === types.double && bytes.length >= 8) return view.getFloat64(0, true);
	if (type === types.int32 && bytes.length >= 4) return view.getInt32(0, true);
	if (type === types.int64 && bytes.length >= 8) return Number(view.getBigInt64(0, true));
	return undefined;
}

/** A text as the text plugin keeps it; undefined where the tensor is of another type. */
export function textOf(tensor: Message): string | undefined {
	let found: string | undefined;
	while (tensor.next()) if (tensor.field === 8 && tensor.wire === 2) found ??= tensor.text;
	return found;
}
