import type { Dataset } from "../dataset.js";
import type { ReadBytes } from "../source.js";
import { splitPool } from "../split.js";
import { packagedRows } from "./packaged.js";

export const digitsFile = { file: "digits.csv.gz", sha256: "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a" };

const image = { height: 8, width: 8, channels: 1 };
const width = 64;
const classes = 10;
/** Pixels are counts from 0 to 16; divided by this they lie in [0, 1], exactly. */
const brightest = 16;

/** The UCI handwritten digits: 1,797 images of 8×8, ten classes, split 60/20/20 within each class. Throws `data/not-found` and `data/damaged`. */
export async function digits(read: ReadBytes): Promise<Dataset> {
	const rows = await packagedRows(digitsFile, read);
	const features = new Float32Array(rows.length * width);
	const labels = new Int32Array(rows.length);
	for (const [i, numbers] of rows.entries()) {
		for (let j = 0; j < width; j++) features[i * width + j] = Number(numbers[j]) / brightest;
		labels[i] = Number(numbers[width]);
	}
	return { image, ...splitPool({ count: rows.length, features, labels }, width, classes) };
}
