import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SweetspotError } from "../../core/errors.js";
import { numberOf, readTable, type Separator, tableIn } from "./reader.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, separator: Separator | null = null) => {
	const { columns, rows } = readTable(bytes(text), "t.csv", separator);
	return { columns, rows: [...rows] };
};
const fieldsOf = (text: string) => read(text).rows.map(({ fields }) => fields);

describe("readTable", () => {
	test("reads quoted separators, quotes and line ends, and knows each record's first line", () => {
		expect(read('a,b\r\n"x, ""y""","two\nlines"\r\n\r\n  1 , "2" \n')).toEqual({
			columns: ["a", "b"],
			rows: [
				{ line: 2, fields: ['x, "y"', "two\nlines"] },
				{ line: 5, fields: ["1", "2"] },
			],
		});
	});

	test.each([
		["a;b\n1,5;2\n", [["1,5", "2"]]],
		["a\tb c\n1\t2\n", [["1", "2"]]],
		["a,b\n1,2", [["1", "2"]]],
		["\ufeffa,b\r1,\r", [["1", ""]]],
		['"a;x",b\n1,2\n', [["1", "2"]]],
		["\n\na;b\n1;2", [["1", "2"]]],
		["a,b\n", []],
	])("%j", (text, rows) => expect(fieldsOf(text)).toEqual(rows));

	test("a separator that is given is not looked for", () => {
		expect(read("a;b,c\n1;2,3\n", "comma").columns).toEqual(["a;b", "c"]);
	});

	test.each([
		["", "t.csv is empty"],
		["\n\n", "t.csv is empty"],
		["a,b\n1,2\n\n3\n", "t.csv, line 4: 1 field, but the header has 2"],
		["a,b\n1,2,3\n", "t.csv, line 2: 3 fields, but the header has 2"],
		['a,b\n1,"2\n3,4\n', "t.csv, line 2: a quote is opened and never closed"],
		['a,b\n1,2"\n', 't.csv, line 2: a quote within the field 2"…'],
		['a,b\n"1"2,3\n', 't.csv, line 2: "2" after the closing quote'],
		["a,,b\n", "t.csv, line 1: column 2 of 3 has no name"],
		["a,b,a\n", 't.csv, line 1: two columns are called "a"'],
		["5.1,3.5\n4.9,3.0\n", "t.csv, line 1: numbers where the names of the columns should be (5.1, 3.5, …)"],
	])("%j: %s", (text, message) => {
		expect(() => read(text)).toThrow(SweetspotError);
		expect(() => read(text)).toThrow(message);
	});

	test("bytes that are no UTF-8 are refused", () => {
		expect(() => readTable(Uint8Array.of(0xff, 0xfe, 0x61, 0), "t.csv", null)).toThrow("t.csv is not text in UTF-8 (4 bytes)");
	});

	test("what a careful writer wrote is read back, with anything in the fields", () => {
		const field = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\t", " ", "\n", "\r", "é", "0"), maxLength: 6 });
		const records = fc.array(fc.tuple(field, field, field), { maxLength: 8 });
		const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
		fc.assert(
			fc.property(records, fc.constantFrom("\n", "\r\n", "\r"), fc.constantFrom(",", ";", "\t"), (rows, end, separator) => {
				const text = [["x", "y", "z"], ...rows].map((row) => row.map(quote).join(separator)).join(end);
				expect(fieldsOf(text)).toEqual(rows);
			}),
		);
	});

	test("any text is read or refused with a reason", () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom("a", "1", '"', ",", ";", "\t", " ", "\n", "\r", "\0") }), (text) => {
				try {
					const { columns, rows } = read(text);
					for (const { fields } of rows) expect(fields.length).toBe(columns.length);
				} catch (error) {
					expect(error).toBeInstanceOf(SweetspotError);
				}
			}),
		);
	});
});

test.each([
	["1", 1],
	["-2.50", -2.5],
	["+.5e-3", 0.0005],
	["7.", 7],
	["1E3", 1000],
	["", undefined],
	["NaN", undefined],
	["inf", undefined],
	["1e999", undefined],
	["0x10", undefined],
	["1,5", undefined],
	["1 000", undefined],
	["--1", undefined],
])("numberOf(%j) is %s", (field, value) => expect(numberOf(field)).toBe(value));

describe("a text in parts", () => {
	const texts = ['a,b\n1,"x\ny"\n\n2,"he said ""no"""\n3,4', "a;b\r\n1;2\r\n\r\n3;4\r\n", "a\tb\r1\t2\r3\t4\r", 'a,b\n"1","\r\n,"\n"",\n'];

	test.each(texts)("is the table that the whole is, wherever it is cut: %j", (text) => {
		const whole = readTable(new TextEncoder().encode(text), "t.csv", null);
		for (let size = 1; size <= text.length; size++) {
			const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
			const table = tableIn(parts, "t.csv", null);
			expect([table.columns, ...table.rows]).toEqual([whole.columns, ...whole.rows]);
		}
	});

	test("is damaged in the line that the whole is", () => {
		const damagedIn = (parts: readonly string[]) => [...tableIn(parts, "t.csv", null).rows];
		expect(() => damagedIn(["a,b\n1,2\n", "3,4\n5\n"])).toThrow("t.csv, line 4: 1 field, but the header has 2");
		expect(() => damagedIn(["a,b\n1,2\n3,", '"4\n5,6\n', "7,8\n"])).toThrow("t.csv, line 3: a quote is opened and never closed");
	});
});
