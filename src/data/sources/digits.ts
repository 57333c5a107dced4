import type { Dataset } from "../dataset.js";
import { packagedRows } from "../packaged.js";
import type { ReadBytes } from "../source.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { splitPool } from "../split.js";
import { byName } from "../written.js";

export const digits = {
	name: "digits",
	listed: [{ data: "digits", kind: "shipped", what: "1,797 written digits, 8×8, ten classes" }],
	...byName("digits"),
	load: (_: unknown, read: ReadBytes) => readDigits(read),
} satisfies NetworkSourceKind<{ readonly name: "digits" }>;

export const digitsFile = { file: "digits.csv.gz", sha256: "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a" };

const image = { height: 8, width: 8, channels: 1 };
const width = 64;
const classes = 10;
/** Pixels are counts from 0 to 16; divided by this they lie in [0, 1], exactly. */
const brightest = 16;

/**
 * The UCI handwritten digits: 1,797 images of 8×8, ten classes, split 60/20/20 within each class. Throws `data/not-found` and
 * `data/damaged`.
 */
async function readDigits(read: ReadBytes): Promise<Dataset> {
	const rows = await packagedRows(digitsFile, read);
	const features = new Float32Array(rows.length * width);
	const labels = new Int32Array(rows.length);
	for (const [i, numbers] of rows.entries()) {
		for (let j = 0; j < width; j++) features[i * width + j] = Number(numbers[j]) / brightest;
		labels[i] = Number(numbers[width]);
	}
	return { image, ...splitPool({ count: rows.length, features, labels }, width, classes) };
}
