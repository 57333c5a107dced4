import { expect, test } from "vitest";
import { npyOf, zipOf } from "../../../test/fixtures/numpy.js";
import { readNpy } from "./npy.js";
import { npzOf, weightsMark } from "./write-npz.js";
import { readZip } from "./zip.js";

const arrays = [
	{ name: "0.weight", shape: [2, 3], values: Float32Array.of(1, 2, 3, -0, 2 ** -149, 3.4028234663852886e38) },
	{ name: "0.bias", shape: [1], values: Float32Array.of(0.1) },
	{ name: "empty", shape: [0], values: new Float32Array() },
];
const bytes = npzOf(arrays);

test("what is written is read back, to the bit, with its shapes", async () => {
	const read = await Promise.all(readZip(bytes, "a.npz").map(async (member) => readNpy(await member.read(), member.name)));
	expect(read.map(({ name, shape }) => [name, shape])).toEqual(arrays.map(({ name, shape }) => [`${name}.npy`, shape]));
	for (const [k, { count, width, at }] of read.entries())
		for (let i = 0; i < count; i++) for (let j = 0; j < width; j++) expect(at(i, j)).toBe(arrays[k].values[i * width + j]);
});

test("the members are the files that numpy itself would write", async () => {
	for (const [k, member] of readZip(bytes, "a.npz").entries()) {
		const { shape, values } = arrays[k];
		expect(await member.read()).toEqual(npyOf("<f4", shape, new Uint8Array(values.buffer)));
	}
	expect(npzOf([]).length).toBe(zipOf({}, false).length + weightsMark.length);
});
