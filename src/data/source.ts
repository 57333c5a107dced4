/** Features as an image: row by row, the channels of a pixel together. */
export interface ImageShape {
	readonly height: number;
	readonly width: number;
	readonly channels: number;
}

/**
 * Which bytes are meant: a file of the package's `data/` folder, a file of a data set that the system's packages install, a file of a data
 * set that the user has put where such are looked for, or a file of the user's.
 */
export type Place =
	| { readonly packaged: string }
	| { readonly installed: "fashion-mnist"; readonly file: string }
	| { readonly kept: "mnist"; readonly file: string }
	| { readonly path: string };

/**
 * Reads a file whole: from disk in Node, by `fetch` in a browser. Null where there is none. Throws `data/damaged` where there is one that
 * can't be read.
 */
export interface ReadBytes {
	(place: Place): Promise<Uint8Array | null>;
	/** No file may be larger, unpacked or not, nor data that are made. Absent: no limit but memory itself. */
	readonly mostBytes?: number;
}

/** What is known of the data once it is loaded: part of the study's hash, so that another data file is another study. */
export interface DataFacts {
	/** Examples in each set; `train` is N. 0 test examples: no test set. */
	readonly train: number;
	readonly validation: number;
	readonly test: number;
	readonly features: number;
	/** 0 where nothing is classified. */
	readonly classes: number;
	/** Numbers to predict for each example, where there are no classes. */
	readonly targets?: number;
	/**
	 * What the features are, where they are images. For the code that resolves a study, and no part of the study: the source already says it.
	 */
	readonly image?: ImageShape;
	/** SHA-256 over what training sees of the data. */
	readonly sha256: string;
}
