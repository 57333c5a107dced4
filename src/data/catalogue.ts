/** A data source as `sweetspot data` lists it. */
export interface Listed {
	/** As it stands after `data:` in a study file; words in capitals are for the author to fill in. */
	readonly data: string;
	/**
	 * "shipped" with the package; "installed" by the system's packages; "kept" by the user where such are looked for; "made" by a generator; "oracle", made as well, with a
	 * known answer; "yours", a file of the user's.
	 */
	readonly kind: "shipped" | "installed" | "kept" | "made" | "oracle" | "yours";
	/** At most 39 characters: a line of the list has 80. */
	readonly what: string;
}

/** Every data source there is, in the order of the documentation. */
export const catalogue: readonly Listed[] = [
	{ data: "digits", kind: "shipped", what: "1,797 written digits, 8×8, ten classes" },
	{ data: "tutorial-blobs", kind: "shipped", what: "1,000 points of a well-known tutorial" },
	{ data: "fashion-mnist", kind: "installed", what: "70,000 clothes, 28×28, ten classes" },
	{ data: "mnist", kind: "kept", what: "70,000 written digits, 28×28" },
	{ data: "blobs", kind: "made", what: "Gaussian blobs, as many as you like" },
	{ data: "moons", kind: "made", what: "half circles that reach into each other" },
	{ data: "circles", kind: "made", what: "a circle within a circle" },
	{ data: "spirals", kind: "made", what: "spirals, one for each class" },
	{ data: "teacher", kind: "made", what: "numbers that a random network says" },
	{ data: "quadratic", kind: "oracle", what: "the noisy quadratic, solved exactly" },
	{ data: "least-squares", kind: "oracle", what: "linear regression, solved exactly" },
	{ data: "logistic", kind: "oracle", what: "logistic regression, solved exactly" },
	{ data: "{ csv: FILE, label: COLUMN }", kind: "yours", what: "a table with a column of classes" },
	{ data: "{ csv: FILE, target: COLUMN }", kind: "yours", what: "a table with numbers to predict" },
	{ data: "{ idx: FOLDER }", kind: "yours", what: "a folder in MNIST's format" },
	{ data: "{ npz: FILE }", kind: "yours", what: "numpy arrays: x_train, y_train, …" },
	{ data: "{ npz: FILE, target: NAME }", kind: "yours", what: "the same with numbers to predict" },
	{ data: "{ npy: FILE, labels: FILE }", kind: "yours", what: "two numpy arrays" },
	{ data: "{ npy: FILE, target: FILE }", kind: "yours", what: "the same with numbers to predict" },
];
