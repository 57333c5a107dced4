import type { Dataset, Examples } from "../dataset.js";
import { packagedRows } from "../packaged.js";
import type { ReadBytes } from "../source.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { byName } from "../written.js";

export const tutorialBlobs = {
	name: "tutorial-blobs",
	listed: [{ data: "tutorial-blobs", kind: "shipped", what: "1,000 points of a well-known tutorial" }],
	...byName("tutorial-blobs"),
	load: (_: unknown, read: ReadBytes) => readPoints(read),
} satisfies NetworkSourceKind<{ readonly name: "tutorial-blobs" }>;

const packaged = { file: "tutorial-blobs.csv", sha256: "71d02e61f10c1d38ef2748a32e0822ea95077d15bf9c9f2a25958982ec3f5e93" };

/**
 * The data of Brownlee 2019 (How to control the stability of training neural networks with the batch size): 1,000 points in the plane
 * around three centres, made by scikit-learn's `make_blobs(n_samples=1000, centers=3, n_features=2, cluster_std=2, random_state=2)`. As
 * there, the first 500 are for training and the last 500 held out; they are the validation set, and there is no test set. Throws
 * `data/not-found` and `data/damaged`.
 */
async function readPoints(read: ReadBytes): Promise<Dataset> {
	const rows = await packagedRows(packaged, read);
	const examples = (part: readonly (readonly string[])[]): Examples => ({
		count: part.length,
		features: Float32Array.from(part.flatMap(([x, y]) => [Number(x), Number(y)])),
		labels: Int32Array.from(part, ([, , label]) => Number(label)),
	});
	return { width: 2, classes: 3, train: examples(rows.slice(0, 500)), validation: examples(rows.slice(500)), test: null };
}
