import { z } from "zod";
import type { Listed, Locate, NetworkSourceKind, OracleSourceKind } from "../source-kind.js";
import { blobs } from "./blobs.js";
import { circles } from "./circles.js";
import { csv } from "./csv.js";
import { digits } from "./digits.js";
import { fashionMnist } from "./fashion-mnist.js";
import { idx } from "./idx.js";
import { leastSquares } from "./least-squares.js";
import { logistic } from "./logistic.js";
import { mnist } from "./mnist.js";
import { moons } from "./moons.js";
import { npy } from "./npy.js";
import { npz } from "./npz.js";
import { quadratic } from "./quadratic.js";
import { spirals } from "./spirals.js";
import { teacher } from "./teacher.js";
import { tutorialBlobs } from "./tutorial-blobs.js";

/** Every kind of data source, in the order of the documentation. A new one has a file here and a line in one of these tables. */
const networkKinds = {
	digits,
	"tutorial-blobs": tutorialBlobs,
	"fashion-mnist": fashionMnist,
	mnist,
	blobs,
	moons,
	circles,
	spirals,
	teacher,
	csv,
	idx,
	npz,
	npy,
};
const oracleKinds = { quadratic, "least-squares": leastSquares, logistic };

type SourceOf<Kind> = Kind extends { read(written: unknown, locate: Locate): infer Source } ? NonNullable<Source> : never;

/** Examples to train a network on. */
export type NetworkSource = SourceOf<(typeof networkKinds)[keyof typeof networkKinds]>;

/** Problems whose answer is known. */
export type OracleSource = SourceOf<(typeof oracleKinds)[keyof typeof oracleKinds]>;

/** Where examples come from. */
export type DataSource = NetworkSource | OracleSource;

export const isOracle = (source: DataSource): source is OracleSource => source.name in oracleKinds;

export const networkKindOf = (source: NetworkSource): NetworkSourceKind<NetworkSource> => networkKinds[source.name];
export const oracleKindOf = (source: OracleSource): OracleSourceKind<OracleSource> => oracleKinds[source.name];

/** The members of a source that say where it lies: the content counts, so they are no part of a study's hash. */
export const placesOf = (source: DataSource): readonly string[] =>
	(isOracle(source) ? oracleKindOf(source) : networkKindOf(source)).places ?? [];

/** A source as its author could have written it. */
export const sourceAsWritten = (source: DataSource): string | object =>
	isOracle(source) ? oracleKindOf(source).written(source) : networkKindOf(source).written(source);

const kinds = [...Object.values(networkKinds), ...Object.values(oracleKinds)];

/** What may stand after `data:` in a study file: a name alone, or an object whose first key is one. */
export const dataSchema = z.union([
	z.enum(kinds.flatMap((kind) => ("byName" in kind ? [kind.name] : []))),
	...kinds.flatMap((kind) => ("schema" in kind ? [kind.schema] : [])),
]);

/** The source that stands after `data:`, with every default; null where it is not sound. */
export function readSource(written: unknown, locate: Locate): DataSource | null {
	for (const kind of kinds) {
		const source = kind.read(written, locate);
		if (source) return source;
	}
	return null;
}

/** Every source as `sweetspot data` lists it: the user's own files last. */
export const catalogue: readonly Listed[] = [false, true].flatMap((yours) =>
	kinds.flatMap<Listed>(({ listed }) => listed).filter(({ kind }) => (kind === "yours") === yours),
);

/** What may stand after `data:`, in words. */
export const dataWords = `${catalogue.map(({ data }) => `\`${data}\``).join(", ")}; generated data also with settings, such as \`{ blobs: { examples: 900 } }\``;
