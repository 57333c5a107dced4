import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, type Json, sha256Hex, sha256OfParts } from "./canonical.js";

test("sorts keys at every depth, leaves out undefined, and adds no white space", () => {
	expect(canonicalJson({ b: [1, { d: null, c: "é" }], a: undefined, A: true })).toBe('{"A":true,"b":[1,{"c":"é","d":null}]}');
});

test("is one text for one value: reading it back and writing it again changes nothing", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = canonicalJson(value as Json);
			expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
		}),
	);
});

test("takes plain data of any interface, and to the compiler nothing else", () => {
	interface Data {
		readonly size: number;
		readonly parts: readonly (readonly [string, { readonly kind: "a" | "b" }])[];
		readonly more?: Data | null;
	}
	const data: Data = { size: 1, parts: [["x", { kind: "a" }]], more: { size: 2, parts: [], more: null } };
	expect(canonicalJson(data)).toBe('{"more":{"more":null,"parts":[],"size":2},"parts":[["x",{"kind":"a"}]],"size":1}');
	// @ts-expect-error: a Map is no plain data, however deep it lies
	canonicalJson({ parts: [{ runs: new Map<string, number>() }] });
	// @ts-expect-error: nor is a function
	canonicalJson({ draw: () => 1 });
});

test("refuses what JSON doesn't have", () => {
	expect(() => canonicalJson({ loss: Number.NaN })).toThrow("internal: JSON has no NaN");
});

test("sha256Hex gives the published test vector", () => {
	expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("sha256OfParts gives the hash of the whole", () => {
	expect(sha256OfParts(["", "a", "bc"])).toBe(sha256Hex("abc"));
	expect(sha256OfParts(Array(1000).fill("größer"))).toBe(sha256Hex("größer".repeat(1000)));
	expect(sha256OfParts([])).toBe(sha256Hex(""));
});
