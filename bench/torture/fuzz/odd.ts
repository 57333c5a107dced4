import type { Rng } from "../../../src/core/rng.js";

/** One of these. */
export const oneOf = <T>(rng: Rng, of: readonly T[]): T => of[rng.below(of.length)];

const numbers = [
	...[0, -0, 1, -1, 2, 3, 0.5, 1.5, -2.75, 7, 8, 64, 100, 255, 256, 1e3, 65_536, 1e6, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2],
	...[1e21, 1e308, -1e308, 5e-324, 1e-9, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
];

const texts = [
	...["", " ", "0", "1", "-1", "full", "true", "null", "NaN", "1e999", "0x10", "1_000", "١٢", "½", "a".repeat(300), "a".repeat(70_000)],
	...[
		"__proto__",
		"constructor",
		"toString",
		"prototype",
		"hasOwnProperty",
		"length",
		"validation.loss",
		"validation.accuracy",
		"test.loss",
	],
	...[
		"../../outside",
		"/dev/zero",
		"/dev/null",
		"/",
		".",
		"..",
		"~",
		"\0",
		"a\0b",
		"\u001b[2J",
		"\ud800",
		"\u202e",
		"💥",
		"a\nb",
		"\r",
		"\t",
	],
	...["{batchSize}", "{learningRate}", "{seed}", "{nothing}", "{", "}", "$HOME", "`id`", "$(id)", "; touch outside", "--help", "-", "--"],
	...["[", "{}", "[]", "*alias", "&anchor x", "!!js/function x", "!!binary aaaa", "<<: *x", "? a", "- - -", ": :", "'", '"', "%", "#"],
	...[
		"(a+)+$",
		"(",
		"[a-",
		"(?<x>",
		"\\",
		".*",
		"2026-11-28",
		"file:///etc/passwd",
		"http://localhost/x",
		"digits",
		"blobs",
		"sgd",
		"adam",
	],
];

/** A number of the kind that programs stumble over. */
export const oddNumber = (rng: Rng): number => (rng.below(4) === 0 ? rng.below(1000) : oneOf(rng, numbers));

/** A text of that kind. */
export const oddText = (rng: Rng): string => oneOf(rng, texts);

/** A value of any type, of that kind. */
export function oddValue(rng: Rng): unknown {
	const kind = rng.below(8);
	if (kind < 3) return oddNumber(rng);
	if (kind < 5) return oddText(rng);
	if (kind === 5) return oneOf(rng, [null, true, false, undefined]);
	if (kind === 6) return Array.from({ length: oneOf(rng, [0, 1, 2, 300]) }, () => oddNumber(rng));
	return Object.fromEntries(Array.from({ length: rng.below(3) }, () => [oddText(rng), oddNumber(rng)]));
}
