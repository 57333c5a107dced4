/** Features as an image: row by row, the channels of a pixel together. */
export interface ImageShape {
	readonly height: number;
	readonly width: number;
	readonly channels: number;
}

/** Gaussian blobs, made by a generator with a seed of its own. */
export interface BlobsSource {
	readonly name: "blobs";
	readonly examples: number;
	readonly classes: number;
	readonly features: number;
	/** Standard deviation of each blob around its centre; the centres are uniform in [−10, 10) along every feature. */
	readonly spread: number;
}

/** Two moons in the plane: see `sources/points.ts`. */
export interface MoonsSource {
	readonly name: "moons";
	readonly examples: number;
	/** Standard deviation of a point around its curve. */
	readonly noise: number;
	readonly seed: number;
}

/** Two circles in the plane. */
export interface CirclesSource extends Omit<MoonsSource, "name"> {
	readonly name: "circles";
	/** Radius of the inner one; the outer one's is 1. */
	readonly ratio: number;
}

/** Spirals in the plane, one for each class. */
export interface SpiralsSource extends Omit<MoonsSource, "name"> {
	readonly name: "spirals";
	readonly arms: number;
	readonly turns: number;
}

/** Regression on what a fixed random network says: see `sources/teacher.ts`. */
export interface TeacherSource {
	readonly name: "teacher";
	readonly examples: number;
	readonly features: number;
	/** Of the teacher's hidden layer. */
	readonly units: number;
	/** Numbers to predict. */
	readonly targets: number;
	/** Standard deviation of what is added to each target. */
	readonly noise: number;
}

/** The noisy quadratic: see `oracles/quadratic.ts`. */
export interface QuadraticSource {
	readonly name: "quadratic";
	readonly dimensions: number;
	/** Largest curvature over the smallest. */
	readonly condition: number;
	/** Variance of one example's gradient along an eigenvector, over the curvature there. */
	readonly noise: number;
	/** Examples that count as an epoch, since every example is drawn anew and none comes twice. */
	readonly examples: number;
}

/** Regularized linear models on examples made by a generator: see `oracles/least-squares.ts` and `oracles/logistic.ts`. */
export interface LinearSource {
	readonly name: "least-squares" | "logistic";
	/** Four fifths are for training, one fifth for validation. */
	readonly examples: number;
	readonly dimensions: number;
	/** Standard deviation of what is added to each example's true score. */
	readonly noise: number;
	/** λ of the penalty ½λ|w|². */
	readonly penalty: number;
	readonly seed: number;
}

/** Problems whose answer is known in closed form, or by an independent solver: what a measurement must get right before anyone believes it. */
export type OracleSource = QuadraticSource | LinearSource;

/** How the numbers to predict are normalized; absent where there are classes. */
interface TargetNormalization {
	readonly normalizeTarget?: Normalization;
}

/**
 * A table of the user's own, one example a line. Every column is a numeric feature, but for the label's or the targets', and the split's. Normalization is fitted on the
 * training set: "standardize" to mean 0 and standard deviation 1, "range" to [0, 1].
 */
export interface CsvSource extends TargetNormalization {
	readonly name: "csv";
	/** Absolute. No part of a study's hash: the content counts, not where it lies. */
	readonly file: string;
	/** The column of the class, a number or a text; absent where there are targets. */
	readonly label?: string;
	/** The columns of the numbers to predict; absent where there is a label. */
	readonly target?: readonly string[];
	/** The column that says train, validation or test; null: a seeded, stratified split. */
	readonly split: string | null;
	readonly normalize: Normalization;
	/** Null: whichever of the three the header has most of. */
	readonly separator: Separator | null;
}

export type Normalization = "none" | "standardize" | "range";

export type Separator = "comma" | "semicolon" | "tab";

/** A folder with the four files of MNIST, or of a data set in its format, by their usual names, gzipped or not. */
export interface IdxSource {
	readonly name: "idx";
	/** Absolute. No part of a study's hash. */
	readonly folder: string;
}

/** Arrays of numpy's, saved together by `numpy.savez`: a pool, or sets of their own, found by their names. */
export interface NpzSource extends TargetNormalization {
	readonly name: "npz";
	/** Absolute. No part of a study's hash. */
	readonly file: string;
	/** The arrays' names, or what they begin with before `_train`, `_validation` and `_test`; null: the usual ones. */
	readonly arrays:
		| { readonly features: string; readonly labels: string }
		| { readonly features: string | null; readonly target: string }
		| null;
	readonly normalize: Normalization;
}

/** Two arrays of numpy's, each in a file of its own. */
export interface NpySource extends TargetNormalization {
	readonly name: "npy";
	/** Absolute, all of them. No part of a study's hash. */
	readonly features: string;
	/** One of the two: classes, or numbers to predict. */
	readonly labels?: string;
	readonly target?: string;
	readonly normalize: Normalization;
}

/** Examples to train a network on. */
export type NetworkSource =
	| { readonly name: "digits" | "tutorial-blobs" | "fashion-mnist" | "mnist" }
	| BlobsSource
	| MoonsSource
	| CirclesSource
	| SpiralsSource
	| TeacherSource
	| CsvSource
	| IdxSource
	| NpzSource
	| NpySource;

/** Where examples come from. */
export type DataSource = NetworkSource | OracleSource;

const oracles: readonly DataSource["name"][] = ["quadratic", "least-squares", "logistic"] satisfies readonly OracleSource["name"][];

export const isOracle = (source: DataSource): source is OracleSource => oracles.includes(source.name);

/**
 * Which bytes are meant: a file of the package's `data/` folder, a file of a data set that the system's packages install, a file of a data set that the user has put
 * where such are looked for, or a file of the user's.
 */
export type Place =
	| { readonly packaged: string }
	| { readonly installed: "fashion-mnist"; readonly file: string }
	| { readonly kept: "mnist"; readonly file: string }
	| { readonly path: string };

/**
 * Reads a file whole: from disk in Node, by `fetch` in a browser. Null where there is none. Throws `data/damaged` where there is one that can't be
 * read.
 */
export type ReadBytes = (place: Place) => Promise<Uint8Array | null>;

/** What loading the data told: part of the study's hash, so that another data file is another study. */
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
	/** What the features are, where they are images. Told to whoever resolves a study, and no part of the study: the source says as much. */
	readonly image?: ImageShape;
	/** SHA-256 over what training sees of the data. */
	readonly sha256: string;
}
