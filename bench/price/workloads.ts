import { fileURLToPath } from "node:url";

/**
 * The workloads on which the price of an answer is measured. Those held back share no data set with those that the design was fitted on,
 * were chosen before any design ran on them, and so that a run at the best setting takes 100 steps or more (from runs at batch size 64 with
 * seven rates). When a judgment has been made they are spent: what is changed afterwards was changed knowing them, and the next judgment
 * needs others.
 */
export interface PricedWorkload {
	readonly name: string;
	/** As a study file has it, but for its seed. */
	readonly study: Readonly<Record<string, unknown>>;
	/** A step takes as long as any smaller one up to about this many examples, and in proportion to its examples beyond: t ∝ 1 + B/flat. */
	readonly flat: number;
}

const irisFile = fileURLToPath(new URL("../../examples/iris.csv", import.meta.url));
/** Tables that ship with the benchmark: see data/README.md. */
const table = (name: string): string => fileURLToPath(new URL(`data/${name}.csv`, import.meta.url));
/** Larger ones, made by data/tables.py. */
const npz = (name: string): object => ({ npz: fileURLToPath(new URL(`data/${name}.npz`, import.meta.url)) });
const arrays = (name: string): object => ({ ...npz(name), normalize: "standardize" });
const numbers = (name: string): object => ({ ...arrays(name), target: "target", normalizeTarget: "standardize" });

const network = (data: unknown, hidden: readonly number[], outputs: number, optimizer: unknown, rest: object = {}) => ({
	data,
	model: [...hidden.flatMap((units) => [{ dense: units }, "relu"]), { dense: outputs }],
	optimizer,
	...rest,
});
const sgd = { name: "sgd" };
const momentum = { name: "sgd", momentum: 0.9 };
const adam = { name: "adam" };
const regression = { loss: "mean-squared-error" };

const study = (name: string, flat: number, workload: object, goal: object, rest: object = {}): PricedWorkload => ({
	name,
	flat,
	study: { version: 1, name, workload, goal, ...rest },
});

export const fitting: readonly PricedWorkload[] = [
	study("digits, SGD", 64, network("digits", [64], 10, sgd), { metric: "train.loss", atMost: 0.1 }),
	study("digits, momentum", 8, network("digits", [64], 10, momentum), { metric: "train.loss", atMost: 0.05 }),
	study("digits, Adam", 256, network("digits", [64], 10, adam), { metric: "train.loss", atMost: 0.05 }),
	study("digits, two layers", 64, network("digits", [48, 32], 10, sgd), { metric: "validation.error", atMost: 0.05 }),
	study("moons", 32, network({ moons: {} }, [16, 16], 2, sgd), { metric: "validation.loss", atMost: 0.1 }),
	study("quadratic", 16, { data: { quadratic: { noise: 1 } }, optimizer: sgd }, { metric: "train.loss", atMost: 0.01 }),
	study("films", 16, network(numbers("films"), [32], 1, momentum, regression), { metric: "validation.loss", atMost: 0.82 }),
	study("trains", 32, network(numbers("trains"), [64], 1, adam, regression), { metric: "validation.loss", atMost: 0.145 }),
	study("flights", 64, network(numbers("flights"), [64], 1, sgd, regression), { metric: "validation.loss", atMost: 0.23 }),
	study("batters", 16, network(numbers("batters"), [32, 32], 1, momentum, regression), { metric: "validation.loss", atMost: 0.048 }),
];

const cancer = { csv: table("breast-cancer"), label: "diagnosis", normalize: "standardize" };
const diabetes = { csv: table("diabetes"), target: "progression", normalize: "standardize", normalizeTarget: "standardize" };
const diamonds = { csv: table("diamonds"), target: "logprice", normalize: "standardize", normalizeTarget: "standardize" };
const tanhCancer = { data: cancer, model: [{ dense: 16 }, "tanh", { dense: 16 }, "tanh", { dense: 2 }], optimizer: momentum };

const bikes = { csv: table("bikes"), target: "logbikers", normalize: "standardize", normalizeTarget: "standardize" };
const cars = { csv: table("cars"), target: "gallonsper100miles", normalize: "standardize", normalizeTarget: "standardize" };
const penguins = { csv: table("penguins"), label: "species", normalize: "standardize" };

export const spent: readonly PricedWorkload[] = [
	study("tutorial-blobs", 16, network("tutorial-blobs", [50], 3, sgd), { metric: "train.loss", atMost: 0.45 }),
	study("blobs", 64, network({ blobs: { classes: 8, features: 4 } }, [32], 8, momentum), { metric: "validation.loss", atMost: 0.12 }),
	study("circles", 32, network({ circles: {} }, [16, 16], 2, sgd), { metric: "validation.loss", atMost: 0.05 }),
	study("spirals", 128, network({ spirals: {} }, [32, 32], 2, adam), { metric: "train.loss", atMost: 0.1 }),
	study("teacher", 64, network({ teacher: {} }, [32], 1, momentum, regression), { metric: "validation.loss", atMost: 0.1 }),
	study("least squares", 8, { data: { "least-squares": { dimensions: 128 } }, optimizer: sgd }, { metric: "train.loss", atMost: 0.5 }),
	study("logistic regression", 32, { data: { logistic: {} }, optimizer: sgd }, { metric: "train.loss", atMost: 0.31 }),
	study("iris", 16, network({ csv: irisFile, label: "species" }, [16], 3, sgd), { metric: "train.loss", atMost: 0.1 }),
	study("breast cancer, SGD", 32, network(cancer, [32], 2, sgd), { metric: "train.loss", atMost: 0.001 }),
	study("breast cancer, momentum", 8, tanhCancer, { metric: "train.loss", atMost: 0.004 }),
	study("diabetes, SGD", 64, network(diabetes, [32], 1, sgd, regression), { metric: "train.loss", atMost: 0.3 }),
	study("diabetes, Adam", 16, network(diabetes, [64], 1, adam, regression), { metric: "train.loss", atMost: 0.15 }),
	study("diamonds, momentum", 64, network(diamonds, [32, 32], 1, momentum, regression), { metric: "validation.loss", atMost: 0.02 }),
	study("diamonds, Adam", 256, network(diamonds, [64], 1, adam, regression), { metric: "validation.loss", atMost: 0.017 }),
	study("bikes, SGD", 32, network(bikes, [32, 32], 1, sgd, regression), { metric: "validation.loss", atMost: 0.11 }),
	study("bikes, Adam", 128, network(bikes, [64], 1, adam, regression), { metric: "validation.loss", atMost: 0.11 }),
	study("cars, momentum", 16, network(cars, [24], 1, momentum, regression), { metric: "train.loss", atMost: 0.05 }),
	study("penguins, SGD", 64, network(penguins, [16], 3, sgd), { metric: "train.loss", atMost: 0.003 }),
	study("penguins, Adam", 32, network(penguins, [16, 16], 3, adam), { metric: "train.loss", atMost: 0.0005 }),
];

const visits = { csv: table("visits"), target: "logvisits", normalize: "standardize", normalizeTarget: "standardize" };
const voters = { csv: table("voters"), label: "vote", normalize: "standardize" };
const wines = { csv: table("wines"), label: "cultivar", normalize: "standardize" };
const tanhWines = { data: wines, model: [{ dense: 16 }, "tanh", { dense: 3 }], optimizer: momentum };

const images = { batchSizes: { from: 4, to: 2048, factor: 2 } };

/** Two judgments before that: six of few examples, and Fashion-MNIST. Spent as well. */
export const small: readonly PricedWorkload[] = [
	study("visits, momentum", 64, network(visits, [32], 1, momentum, regression), { metric: "train.loss", atMost: 0.91 }),
	study("visits, Adam", 16, network(visits, [32, 32], 1, adam, regression), { metric: "train.loss", atMost: 0.9 }),
	study("voters, SGD", 32, network(voters, [32], 2, sgd), { metric: "train.loss", atMost: 0.08 }),
	study("voters, Adam", 128, network(voters, [32], 2, adam), { metric: "train.loss", atMost: 0.06 }),
	study("wines, SGD", 8, network(wines, [16], 3, sgd), { metric: "train.loss", atMost: 0.001 }),
	study("wines, momentum", 64, tanhWines, { metric: "train.loss", atMost: 0.001 }),
	study("Fashion-MNIST, momentum", 32, network("fashion-mnist", [64], 10, momentum), { metric: "validation.loss", atMost: 0.45 }, images),
	study("Fashion-MNIST, Adam", 128, network("fashion-mnist", [64], 10, adam), { metric: "validation.loss", atMost: 0.45 }, images),
];

const satellite = {
	data: npz("satellite"),
	model: [{ conv: 16, size: 2 }, "relu", "flatten", { dense: 32 }, "relu", { dense: 6 }],
	optimizer: sgd,
};

/** A data set made by data/corpora.py or a later one of its kind (data/README.md). Features that are zeros and ones stay as they are. */
const corpus = (name: string, hidden: readonly number[], outputs: number, optimizer: unknown, normalize = "none") =>
	network({ ...npz(name), normalize }, hidden, outputs, optimizer);
/** The same with a number to predict. */
const puzzle = (name: string): object => ({ ...numbers(name), normalize: "none" });

/**
 * Eight data sets like those that networks are trained on, of 40,000 examples, so that a run to the goal sees each of them about once or
 * twice: Tcl, scripts of Vim, inflections, signs, a game, a puzzle, resistors, species. Networks and optimizers were written down first;
 * goals are by the rule of goals.ts (`--goals`), which is that of the judgments before. They have judged, and are spent for the next version.
 */
export const heldBack: readonly PricedWorkload[] = [
	study("tcl, momentum", 128, corpus("tcl", [96], 48, momentum), { metric: "validation.loss", atMost: 2 }, images),
	study("vim, SGD", 32, corpus("vim", [64], 48, sgd), { metric: "validation.loss", atMost: 2 }, images),
	study("inflected, Adam", 64, corpus("inflected", [64], 16, adam), { metric: "validation.loss", atMost: 0.49 }, images),
	study("georgian, SGD", 16, corpus("georgian", [128], 33, sgd, "range"), { metric: "validation.loss", atMost: 0.99 }, images),
	study(
		"coins, momentum",
		32,
		network(numbers("coins"), [64, 64], 1, momentum, regression),
		{ metric: "validation.loss", atMost: 0.041 },
		images,
	),
	study(
		"pancakes, SGD",
		64,
		network(puzzle("pancakes"), [64, 64], 1, sgd, regression),
		{ metric: "validation.loss", atMost: 0.47 },
		images,
	),
	study(
		"resistors, Adam",
		128,
		network(numbers("resistors"), [64, 64], 1, adam, regression),
		{ metric: "validation.loss", atMost: 0.029 },
		images,
	),
	study(
		"species, momentum",
		16,
		corpus("species", [64, 64], 3, momentum, "standardize"),
		{ metric: "validation.loss", atMost: 0.19 },
		images,
	),
];

/** The six judgments before, of eight each of the same kind, the latest first. Spent as well. */
export const plentiful: readonly PricedWorkload[] = [
	study("octave, Adam", 16, corpus("octave", [64], 48, adam), { metric: "validation.loss", atMost: 2 }, images),
	study("handbook, SGD", 64, corpus("handbook", [96], 48, sgd), { metric: "validation.loss", atMost: 1.7 }, images),
	study("genders, SGD", 128, corpus("genders", [64], 3, sgd), { metric: "validation.loss", atMost: 0.35 }, images),
	study("thai, momentum", 32, corpus("thai", [96], 44, momentum, "range"), { metric: "validation.loss", atMost: 1.8 }, images),
	study("pegs, Adam", 64, network(puzzle("pegs"), [64, 64], 1, adam, regression), { metric: "validation.loss", atMost: 0.54 }, images),
	study("knights, Adam", 128, corpus("knights", [96], 6, adam), { metric: "validation.loss", atMost: 0.41 }, images),
	study("mirrors, SGD", 16, network(numbers("mirrors"), [64, 64], 1, sgd, regression), { metric: "validation.loss", atMost: 0.26 }, images),
	study(
		"triangles, momentum",
		32,
		corpus("triangles", [64, 64], 2, momentum, "standardize"),
		{ metric: "validation.loss", atMost: 0.36 },
		images,
	),
	study("headers, SGD", 32, corpus("headers", [64], 48, sgd), { metric: "validation.loss", atMost: 2.2 }, images),
	study("lisp, Adam", 128, corpus("lisp", [96], 48, adam), { metric: "validation.loss", atMost: 1.8 }, images),
	study("stresses, momentum", 64, corpus("stresses", [64], 4, momentum), { metric: "validation.loss", atMost: 0.56 }, images),
	study("cyrillic, Adam", 16, corpus("cyrillic", [64], 33, adam, "range"), { metric: "validation.loss", atMost: 1.2 }, images),
	study("hanoi, SGD", 64, network(puzzle("hanoi"), [64, 64], 1, sgd, regression), { metric: "validation.loss", atMost: 0.17 }, images),
	study(
		"arms, momentum",
		16,
		network(numbers("arms"), [64, 64], 1, momentum, regression),
		{ metric: "validation.loss", atMost: 0.0091 },
		images,
	),
	study("magnets, Adam", 32, corpus("magnets", [64, 64], 3, adam, "standardize"), { metric: "validation.loss", atMost: 0.59 }, images),
	study("folds, SGD", 128, corpus("folds", [64], 7, sgd), { metric: "validation.loss", atMost: 0.75 }, images),
	study("manuals, Adam", 64, corpus("manuals", [128], 48, adam), { metric: "validation.loss", atMost: 2.2 }, images),
	study("lexicon, SGD", 16, corpus("lexicon", [64], 4, sgd), { metric: "validation.loss", atMost: 0.37 }, images),
	study("hyphens, SGD", 128, corpus("hyphens", [64], 2, sgd), { metric: "validation.loss", atMost: 0.29 }, images),
	study("hangul, momentum", 32, corpus("hangul", [128], 19, momentum, "range"), { metric: "validation.loss", atMost: 2.3 }, images),
	study("zones, Adam", 128, corpus("zones", [64, 64], 32, adam), { metric: "validation.loss", atMost: 0.14 }, images),
	study("colors, SGD", 64, corpus("colors", [32, 32], 16, sgd, "standardize"), { metric: "validation.loss", atMost: 0.52 }, images),
	study(
		"slides, momentum",
		32,
		network(puzzle("slides"), [64, 64], 1, momentum, regression),
		{ metric: "validation.loss", atMost: 0.3 },
		images,
	),
	study(
		"orbits, Adam",
		16,
		network(numbers("orbits"), [64, 64], 1, adam, regression),
		{ metric: "validation.loss", atMost: 0.039 },
		images,
	),
	study("ruby, momentum", 64, corpus("ruby", [64, 64], 40, momentum), { metric: "validation.loss", atMost: 2.2 }, images),
	study("jargon, SGD", 32, corpus("jargon", [64], 27, sgd), { metric: "validation.loss", atMost: 2.3 }, images),
	study("folksongs, Adam", 128, corpus("folksongs", [64], 37, adam), { metric: "validation.loss", atMost: 1.9 }, images),
	study("names, momentum", 16, corpus("names", [64], 3, momentum), { metric: "validation.loss", atMost: 0.6 }, images),
	study("packages, Adam", 32, corpus("packages", [64], 24, adam), { metric: "validation.loss", atMost: 1.2 }, images),
	study("kana, SGD", 64, corpus("kana", [64], 46, sgd, "range"), { metric: "validation.loss", atMost: 0.59 }, images),
	study("cubes, SGD", 128, corpus("cubes", [64, 64], 7, sgd), { metric: "validation.loss", atMost: 1.9 }, images),
	study(
		"pendulums, Adam",
		16,
		network(numbers("pendulums"), [64, 64], 1, adam, regression),
		{ metric: "validation.loss", atMost: 0.053 },
		images,
	),
	study("bible, SGD", 16, corpus("bible", [64], 27, sgd), { metric: "validation.loss", atMost: 1.8 }, images),
	study("perl, Adam", 64, corpus("perl", [64, 64], 40, adam), { metric: "validation.loss", atMost: 2.2 }, images),
	study("tunes, momentum", 32, corpus("tunes", [64], 30, momentum), { metric: "validation.loss", atMost: 2.3 }, images),
	study("languages, SGD", 128, corpus("languages", [64], 12, sgd), { metric: "validation.loss", atMost: 1.6 }, images),
	study("alphabets, Adam", 32, corpus("alphabets", [64], 16, adam, "range"), { metric: "validation.loss", atMost: 1.4 }, images),
	study(
		"photos, momentum",
		16,
		network(numbers("photos"), [32], 1, momentum, regression),
		{ metric: "validation.loss", atMost: 0.016 },
		images,
	),
	study("coasts, Adam", 64, corpus("coasts", [64, 64], 2, adam), { metric: "validation.loss", atMost: 0.2 }, images),
	study("pawns, momentum", 128, corpus("pawns", [64], 2, momentum), { metric: "validation.loss", atMost: 0.22 }, images),
	study("novels, Adam", 64, corpus("novels", [128], 27, adam), { metric: "validation.loss", atMost: 1.9 }, images),
	study("code, momentum", 32, corpus("code", [64, 64], 48, momentum), { metric: "validation.loss", atMost: 2.2 }, images),
	study("chorales, SGD", 128, corpus("chorales", [64], 45, sgd), { metric: "validation.loss", atMost: 2.1 }, images),
	study("sounds, Adam", 16, corpus("sounds", [64], 30, adam), { metric: "validation.loss", atMost: 0.18 }, images),
	study(
		"pixels, momentum",
		64,
		corpus("pixels", [32, 32], 16, momentum, "standardize"),
		{ metric: "validation.loss", atMost: 1.1 },
		images,
	),
	study("glyphs, SGD", 32, corpus("glyphs", [128], 26, sgd, "range"), { metric: "validation.loss", atMost: 0.66 }, images),
	study("cities, Adam", 128, corpus("cities", [64, 64], 20, adam), { metric: "validation.loss", atMost: 0.13 }, images),
	study("endgames, momentum", 16, corpus("endgames", [128], 18, momentum), { metric: "validation.loss", atMost: 1.8 }, images),
];

/**
 * The four data sets that were left after the last drawing, two networks each: 5,875 to 20,000 examples. Spent as well. Networks and optimizers were written
 * down first; goals are by the rule of goals.ts (`--goals`), so that a run takes 200 steps or more at batch size 64.
 */
export const left: readonly PricedWorkload[] = [
	study("air, SGD", 64, network(numbers("air"), [32, 32], 1, sgd, regression), { metric: "validation.loss", atMost: 0.076 }),
	study("air, Adam", 128, network(numbers("air"), [64], 1, adam, regression), { metric: "validation.loss", atMost: 0.068 }),
	study("staff, momentum", 32, network(arrays("staff"), [64], 2, momentum), { metric: "validation.loss", atMost: 0.18 }),
	study("staff, Adam", 64, network(arrays("staff"), [32, 32], 2, adam), { metric: "validation.loss", atMost: 0.15 }),
	study("voices, SGD", 16, network(numbers("voices"), [64, 64], 1, sgd, regression), { metric: "validation.loss", atMost: 0.57 }),
	study("voices, momentum", 128, network(numbers("voices"), [64], 1, momentum, regression), { metric: "validation.loss", atMost: 0.51 }),
	study("weather, momentum", 64, network(numbers("weather"), [32], 1, momentum, regression), { metric: "validation.loss", atMost: 0.15 }),
	study("weather, Adam", 32, network(numbers("weather"), [128], 1, adam, regression), { metric: "validation.loss", atMost: 0.14 }),
];

/**
 * The judgment before that: 5,000 to 20,000 examples each, eight of twelve data sets drawn at random. Spent as well. Goals by a rule: what the
 * best of seven rates, two octaves apart, shows at batch size 64 after 400 steps (the mean of its looks since step 267), with its second
 * digit rounded up.
 */
export const drawn: readonly PricedWorkload[] = [
	study("credits, momentum", 64, network(arrays("credits"), [32], 2, momentum), { metric: "validation.loss", atMost: 0.48 }),
	study("footballers, Adam", 32, network(numbers("footballers"), [64], 1, adam, regression), { metric: "validation.loss", atMost: 0.14 }),
	study("numerals, SGD", 128, network(arrays("numerals"), [128], 10, sgd), { metric: "validation.loss", atMost: 0.28 }),
	study("telescope, Adam", 16, network(arrays("telescope"), [64, 64], 2, adam), { metric: "validation.loss", atMost: 0.33 }),
	study("grid, SGD", 32, network(arrays("grid"), [64], 2, sgd), { metric: "validation.loss", atMost: 0.17 }),
	study("bank, momentum", 64, network(arrays("bank"), [32, 32], 2, momentum), { metric: "validation.loss", atMost: 0.22 }),
	study("waves, SGD", 128, network(arrays("waves"), [32], 3, sgd), { metric: "validation.loss", atMost: 0.35 }),
	study("incomes, Adam", 64, network(arrays("incomes"), [32], 2, adam), { metric: "validation.loss", atMost: 0.35 }),
];

/** The one before: 4,601 to 20,000 examples each, eight of twelve data sets drawn at random. Spent as well. */
export const larger: readonly PricedWorkload[] = [
	// Not 0.03, as at first: most seeds don't get there at any setting, so there was no best one to compare with.
	study("shuttle, Adam", 32, network(arrays("shuttle"), [32], 7, adam), { metric: "validation.loss", atMost: 0.06 }),
	study("pupils, SGD", 64, network(numbers("pupils"), [32, 32], 1, sgd, regression), { metric: "validation.loss", atMost: 0.215 }),
	study("signals, momentum", 16, network(arrays("signals"), [128, 64], 10, momentum), { metric: "validation.loss", atMost: 1 }),
	study("computers, Adam", 32, network(numbers("computers"), [64], 1, adam, regression), { metric: "validation.loss", atMost: 0.14 }),
	study("satellite, SGD, convolution", 64, satellite, { metric: "validation.loss", atMost: 0.4 }),
	study("spam, momentum", 128, network(arrays("spam"), [32], 2, momentum), { metric: "train.loss", atMost: 0.05 }),
	study("checks, Adam", 32, network(numbers("checks"), [32, 32], 1, adam, regression), { metric: "validation.loss", atMost: 0.415 }),
	study("letters, SGD", 64, network(arrays("letters"), [64, 64], 26, sgd), { metric: "validation.loss", atMost: 0.4 }),
];
