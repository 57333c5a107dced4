import { SweetspotError } from "../../core/errors.js";
import { unpacked } from "../bytes.js";
import { type ClassTable, classOf, classTable } from "../classes.js";
import type { Dataset, Examples } from "../dataset.js";
import { carvedSplit } from "../split.js";

/**
 * The four files by the names that LeCun gave them and, with a point, that most programs unpack them to. Each may be gzipped, with `.gz`
 * behind its name or without.
 */
const files = {
	train: { images: ["train-images-idx3-ubyte", "train-images.idx3-ubyte"], labels: ["train-labels-idx1-ubyte", "train-labels.idx1-ubyte"] },
	test: { images: ["t10k-images-idx3-ubyte", "t10k-images.idx3-ubyte"], labels: ["t10k-labels-idx1-ubyte", "t10k-labels.idx1-ubyte"] },
} as const;

/**
 * Images of unsigned bytes, and labels of unsigned bytes: the first two bytes are zero, the third says the type, the fourth the dimensions.
 */
const magic = { images: 0x00000803, labels: 0x00000801 } as const;

const brightest = 255;

/** Whether a data set's files are there, by its smallest one. */
export async function hasFiles(find: Find): Promise<boolean> {
	for (const name of files.test.labels) for (const file of [name, `${name}.gz`]) if (await find(file)) return true;
	return false;
}

/** The names of the four, for an error. */
export const allFiles = Object.values(files)
	.flatMap(({ images, labels }) => [images[0], labels[0]])
	.join(", ");

/** A file of the data set by its name; null where there is none. */
type Find = (file: string) => Promise<Uint8Array | null>;

/**
 * The data set in four files. A fifth of its training set is carved off for validation. `where` names it in errors, `fix` says how its
 * files are had. No file may unpack to more than `mostBytes`. Throws `data/…` errors.
 */
export async function fourFiles(find: Find, where: string, fix: string, mostBytes: number | undefined): Promise<Dataset> {
	const load = async (names: readonly string[], kind: keyof typeof magic): Promise<Idx> => {
		for (const name of names.flatMap((plain) => [plain, `${plain}.gz`])) {
			const bytes = await find(name);
			if (bytes) return parse(await unpacked(bytes, name, mostBytes), kind, name);
		}
		throw new SweetspotError("data/not-found", `${where} has no ${names[0]}, gzipped or not`, fix);
	};
	const pair = async (set: keyof typeof files): Promise<Pair> => {
		const [images, labels] = [await load(files[set].images, "images"), await load(files[set].labels, "labels")];
		if (images.count === labels.count) return { images, labels, width: images.size };
		throw new SweetspotError(
			"data/damaged",
			`${images.name} has ${images.count} images, but ${labels.name} has ${labels.count} labels`,
			"fetch both again: they must be of the same data set",
		);
	};
	const [train, test] = [await pair("train"), await pair("test")];
	if (train.images.shape.join("×") !== test.images.shape.join("×")) {
		throw new SweetspotError(
			"data/damaged",
			`${train.images.name} has images of ${train.images.shape.join("×")} pixels, ${test.images.name} of ${test.images.shape.join("×")}`,
			"fetch both again: they must be of the same data set",
		);
	}
	const classes = classTable(train.labels.bytes, train.labels.name);
	const all = toClasses(train, classes);
	const split = carvedSplit(all, classes.size, where);
	return {
		width: train.width,
		image: { height: train.images.shape[0], width: train.images.shape[1], channels: 1 },
		classes: classes.size,
		train: scaled(train, all, split.train),
		validation: scaled(train, all, split.validation),
		test:
			test.images.count === 0
				? null
				: scaled(
						test,
						toClasses(test, classes),
						Int32Array.from({ length: test.images.count }, (_, i) => i),
					),
	};
}

/** The content of one file: `count` items of `size` bytes each. */
interface Idx {
	readonly name: string;
	readonly count: number;
	readonly size: number;
	/** Lengths of an item along each dimension: none for a label, height and width for an image. */
	readonly shape: readonly number[];
	readonly bytes: Uint8Array;
}

interface Pair {
	readonly images: Idx;
	readonly labels: Idx;
	/** Pixels of one image. */
	readonly width: number;
}

function parse(bytes: Uint8Array, kind: keyof typeof magic, name: string): Idx {
	const dimensions = magic[kind] & 0xff;
	const header = 4 + 4 * dimensions;
	const damaged = (found: string, fix = "fetch it again") => new SweetspotError("data/damaged", `${name} ${found}`, fix);
	if (bytes.length < header) throw damaged(`has ${bytes.length} bytes, fewer than its header alone`);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.getUint32(0) !== magic[kind]) {
		throw damaged(
			`begins with ${hex(view.getUint32(0))}, expected ${hex(magic[kind])}: it holds no ${kind} as unsigned bytes in the IDX format`,
			"check that the file is what its name says",
		);
	}
	const [count, ...shape] = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
	const size = shape.reduce((product, length) => product * length, 1);
	if (size === 0) throw damaged(`has images of ${shape.join("×")} pixels`);
	if (bytes.length !== header + count * size) {
		const off = bytes.length < header + count * size ? "cut short" : "longer than it says";
		throw damaged(
			`is ${off}: ${count} ${kind} of ${size} bytes and a header of ${header} make ${header + count * size}, found ${bytes.length}`,
		);
	}
	return { name, count, size, shape, bytes: bytes.subarray(header) };
}

const hex = (word: number): string => `0x${word.toString(16).padStart(8, "0")}`;

const toClasses = ({ labels }: Pair, classes: ClassTable<number>): Int32Array =>
	Int32Array.from(labels.bytes, (label, i) => classOf(classes, label, `${labels.name}, image ${i + 1}`));

/** The images at these indices, each pixel scaled to [0, 1]. Straight from the bytes: the whole set as numbers is four times as large. */
function scaled({ images, width }: Pair, classes: Int32Array, indices: Int32Array): Examples {
	const shades = Float32Array.from({ length: brightest + 1 }, (_, shade) => shade / brightest);
	const features = new Float32Array(indices.length * width);
	const labels = new Int32Array(indices.length);
	for (let row = 0; row < indices.length; row++) {
		const from = indices[row] * width;
		for (let j = 0; j < width; j++) features[row * width + j] = shades[images.bytes[from + j]];
		labels[row] = classes[indices[row]];
	}
	return { count: indices.length, features, labels };
}
