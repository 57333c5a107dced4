import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256OfNumbers } from "../core/little-endian.js";
import { sha256OfMany } from "./digest.js";

test("the digest of many numbers is SHA-256 over their little-endian bytes, as the one of few", async () => {
	for (const length of [0, 1, 20_001]) {
		const values = Float32Array.from({ length }, (_, i) => i / 7);
		const bytes = Buffer.alloc(4 * length);
		for (const [i, value] of values.entries()) bytes.writeFloatLE(value, 4 * i);
		expect(await sha256OfMany(values)).toBe(createHash("sha256").update(bytes).digest("hex"));
		expect(sha256OfNumbers(values)).toBe(await sha256OfMany(values));
	}
	expect(await sha256OfMany(Int32Array.of(-2, 3))).toBe(sha256OfNumbers(Int32Array.of(-2, 3)));
});
