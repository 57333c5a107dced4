import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { doubles, npyOf, zipOf } from "../../../test/fixtures/numpy.js";
import { SweetspotError } from "../../core/errors.js";
import { crc32 } from "./crc32.js";
import { fromHalf, type NumpyArray, readNpy } from "./npy.js";
import { readZip } from "./zip.js";

/** Files that numpy wrote: test/fixtures/numpy/make.py. */
const written = (name: string): Uint8Array =>
	new Uint8Array(readFileSync(new URL(`../../../test/fixtures/numpy/${name}`, import.meta.url)));
const all = ({ count, width, at }: NumpyArray): number[] =>
	Array.from({ length: count * width }, (_, i) => at(Math.floor(i / width), i % width));
async function arraysOf(name: string): Promise<ReadonlyMap<string, Uint8Array>> {
	const members = readZip(written(name), name);
	return new Map(await Promise.all(members.map(async (member) => [member.name, await member.read()] as const)));
}

describe.each(["types.npz", "types-compressed.npz", "types-64.npz"])("%s, written by numpy", (file) => {
	const counted = Array.from({ length: 24 }, (_, i) => i);
	const centred = counted.map((i) => i - 12);
	test.each<readonly [string, readonly number[]]>([
		["b1", counted.map((i) => Math.min(i, 1))],
		...["u1", "u2", "u4", "u8", "big_u2", "fortran"].map((name) => [name, counted] as const),
		...["i1", "i2", "i4", "i8", "f2", "f4", "f8", "big_i4", "big_i8", "big_f2", "big_f4", "big_f8"].map((name) => [name, centred] as const),
	])("%s", async (name, values) => {
		const array = readNpy((await arraysOf(file)).get(`${name}.npy`) ?? new Uint8Array(), name);
		expect([array.shape, array.count, array.width]).toEqual([[4, 3, 2], 4, 6]);
		expect(all(array)).toEqual(values);
	});

	test("a row is a set of examples with one feature each; a scalar has none; texts are refused", async () => {
		const arrays = await arraysOf(file);
		const read = (name: string) => readNpy(arrays.get(`${name}.npy`) ?? new Uint8Array(), name);
		expect(all(read("row"))).toEqual([0, 1, 2, 3, 4]);
		expect(() => read("scalar")).toThrow("scalar is a single number");
		expect(() => read("text")).toThrow("text holds <U1, expected numbers");
	});
});

test("half precision: zero, the least subnormal and normal, a third, the largest, infinities, none, a half", () => {
	const expected = [0, 2 ** -24, 2 ** -14, 1365 / 4096, 65504, Infinity, -Infinity, Number.NaN, -0.5];
	expect(all(readNpy(written("halves.npy"), "halves"))).toEqual(expected);
	expect(fromHalf(0x0001)).toBe(2 ** -24);
});

test("integers that a double can't hold are no numbers", () => {
	const bytes = Buffer.alloc(24);
	for (const [i, value] of [2n ** 53n - 1n, 2n ** 53n, -(2n ** 60n)].entries()) bytes.writeBigInt64LE(value, 8 * i);
	expect(all(readNpy(npyOf("<i8", [3], bytes), "x"))).toEqual([2 ** 53 - 1, Number.NaN, Number.NaN]);
});

test("the checksum is that of the standard's example", () => {
	expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
	expect(crc32(new Uint8Array())).toBe(0);
});

const good = npyOf("<f8", [2, 2], doubles([1, 2, 3, 4]));
const header = (text: string) =>
	new Uint8Array(Buffer.concat([Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, text.length, 0]), Buffer.from(text)]));

test.each([
	["nothing", new Uint8Array(), "is no NPY file"],
	["a text", new TextEncoder().encode("x,y\n1,2\n3,4\n5,6"), "is no NPY file"],
	["another version", Uint8Array.from(good, (byte, i) => (i === 6 ? 9 : byte)), "is of version 9 of the NPY format"],
	["less than its header", good.subarray(0, 40), "is cut short: its header ends at byte 128, of 40"],
	["fewer numbers", good.subarray(0, good.length - 1), "is cut short: 2×2 numbers of 8 bytes make 32, found 31"],
	["more numbers", new Uint8Array([...good, 0]), "is longer than it says"],
	["more than all memory", npyOf("<f8", [2 ** 40, 2 ** 40], doubles([1])), "is cut short"],
	["no dictionary", header("nothing at all"), "has a header that says neither type nor shape: nothing at all"],
	["code", header("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': exit()}"), "has a header that says neither"],
	["a shape of no numbers", header("{'descr': '<f8', 'fortran_order': False, 'shape': (1 1,)}"), "has a header that says neither"],
	["a record", header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}"), "has a header that says neither"],
	["objects", npyOf("|O", [1], new Uint8Array(8)), "holds |O, expected numbers"],
	["a type from the prototype", npyOf("<toString", [1], new Uint8Array(8)), "holds <toString, expected numbers"],
])("an NPY file with %s is refused with the reason", (_, bytes, message) => expect(() => readNpy(bytes, "a.npy")).toThrow(message));

test("a header's keys may come in any order", () => {
	const text = "{'shape': (2, 1,), 'fortran_order': True, 'descr': '<f8'}";
	expect(all(readNpy(new Uint8Array([...header(text), ...doubles([5, 6])]), "x"))).toEqual([5, 6]);
});

describe("a ZIP file", () => {
	const zip = zipOf({ "a.npy": good, "b.npy": npyOf("<f8", [1], doubles([9])) }, true);
	const put = (at: number, ...bytes: readonly number[]) => zip.map((byte, i) => bytes[i - at] ?? byte);
	const entryAt = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
	const endAt = zip.length - 22;
	const readAll = async (bytes: Uint8Array) => Promise.all(readZip(bytes, "a.npz").map((member) => member.read()));

	test.each([
		["nothing", new Uint8Array(), "no directory at its end"],
		["no ZIP file", good, "no directory at its end"],
		["cut short", zip.subarray(0, zip.length - 5), "no directory at its end"],
		["a directory outside", put(endAt + 16, 0xff, 0xff, 0xff), "names a part from"],
		["another start", put(endAt + 16, 1), "there is no entry record"],
		["a member outside", put(entryAt + 42, 0xff, 0xff), "names a part from"],
		["another place", put(entryAt + 42, 3), "there is no local record"],
		["a larger size", put(entryAt + 24, 0xff), "bytes or more, 255 by the directory"],
		["a smaller size: no more is unpacked", put(entryAt + 24, 1), "bytes or more, 1 by the directory"],
		["another checksum", put(entryAt + 16, 1, 2, 3, 4), "does not have the checksum it was written with"],
		["encrypted", put(entryAt + 8, 1), "is encrypted"],
		["another method", put(entryAt + 10, 12), "is packed by method 12"],
		["64 bits without a place for them", put(entryAt + 42, 0xff, 0xff, 0xff, 0xff), "names a part from"],
		["64 bits of a directory without", put(endAt + 10, 0xff, 0xff), "there is no locator64 record"],
		["damaged content", put(50, 0, 0, 0, 0, 0, 0, 0, 0), "member a.npy"],
		[
			"one name twice",
			Uint8Array.from(Buffer.from(Buffer.from(zip).toString("latin1").replaceAll("b.npy", "a.npy"), "latin1")),
			"two members named a.npy",
		],
	])("%s is refused with the reason", async (_, bytes, message) => {
		await expect(readAll(bytes)).rejects.toThrow(message);
		await expect(readAll(bytes)).rejects.toBeInstanceOf(SweetspotError);
	});

	test("keeps its directory's place in 64 bits where it is beyond 32", async () => {
		const large = written("types-64.npz");
		const end = large.length - 22;
		for (const at of [10, 11, 16, 17, 18, 19]) large[end + at] = 0xff;
		expect((await readAll(large)).length).toBe(readZip(written("types-64.npz"), "x").length);
	});

	test("may have a comment at its end", async () => {
		const commented = new Uint8Array([...put(endAt + 20, 3), 65, 66, 67]);
		expect((await readAll(commented))[0]).toEqual(good);
	});

	test.each([true, false])(
		"damaged anywhere or cut gives the very bytes that were written, or an error (deflated: %s)",
		async (deflate) => {
			const whole = zipOf({ "a.npy": good }, deflate);
			const damage = fc.array(fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) }), { maxLength: 3 });
			await fc.assert(
				fc.asyncProperty(damage, fc.option(fc.nat(whole.length)), async (changes, cut) => {
					const bytes = whole.slice(0, cut ?? undefined);
					for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
					try {
						for (const content of await readAll(bytes)) expect(content).toEqual(good);
					} catch (error) {
						if (!(error instanceof SweetspotError)) throw error;
					}
				}),
				{ numRuns: 400 },
			);
		},
	);
});

test("an NPY file that was damaged anywhere is refused, or is as large as its header says", () => {
	fc.assert(
		fc.property(fc.nat(good.length - 1), fc.nat(255), fc.option(fc.nat(good.length)), (at, byte, cut) => {
			const bytes = good.slice(0, cut ?? undefined);
			if (at < bytes.length) bytes[at] = byte;
			try {
				const array = readNpy(bytes, "x");
				expect(all(array).length).toBe(array.shape.reduce((a, b) => a * b, 1));
			} catch (error) {
				if (!(error instanceof SweetspotError)) throw error;
			}
		}),
		{ numRuns: 1000 },
	);
});
