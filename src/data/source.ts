/** Gaussian blobs, made by a generator with a seed of its own. */
export interface BlobsSource {
	readonly name: "blobs";
	readonly examples: number;
	readonly classes: number;
	readonly features: number;
	/** Standard deviation of each blob around its centre; the centres are uniform in [−10, 10) along every feature. */
	readonly spread: number;
}

/** Where examples come from. */
export type DataSource = { readonly name: "digits" } | BlobsSource;

/** Reads a file of the package's `data/` folder by name: from disk in Node, by `fetch` in a browser. */
export type ReadPackaged = (name: string) => Promise<Uint8Array>;

/** What loading the data told: part of the study's hash, so that another data file is another study. */
export interface DataFacts {
	/** Examples in each set; `train` is N. 0 test examples: no test set. */
	readonly train: number;
	readonly validation: number;
	readonly test: number;
	readonly features: number;
	readonly classes: number;
	/** SHA-256 over the three sets as the engine sees them. */
	readonly sha256: string;
}
