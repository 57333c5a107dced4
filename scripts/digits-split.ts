import { writeFileSync } from "node:fs";
import { packagedRows } from "../src/data/packaged.js";
import { digitsFile } from "../src/data/sources/digits.js";
import { stratifiedSplit } from "../src/data/split.js";
import { readBytes } from "../src/trainers/read-bytes.js";

/**
 * `npx tsx scripts/digits-split.ts` writes examples/python/digits-split.txt, by which the Python examples train and validate on the same
 * digits as Sweetspot: for each of them in their order t (training), v (validation) or h (held out, for the test). A test compares the
 * sets.
 */
const labels = Int32Array.from(await packagedRows(digitsFile, readBytes), (row) => Number(row[row.length - 1]));
const split = stratifiedSplit(labels, 10);
const letters = new Array<string>(labels.length);
for (const [letter, indices] of Object.entries({ t: split.train, v: split.validation, h: split.test }))
	for (const index of indices) letters[index] = letter;
writeFileSync(new URL("../examples/python/digits-split.txt", import.meta.url), `${letters.join("").replace(/.{100}/g, "$&\n")}\n`);
