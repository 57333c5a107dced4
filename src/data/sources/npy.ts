import { z } from "zod";
import { loadNpy, type NpySource } from "../numpy/examples.js";
import type { Locate, NetworkSourceKind } from "../source-kind.js";
import { normalize, normalizeTarget, oneTruth, scaled } from "./truth-keys.js";

const text = z.string().min(1);
const schema = z
	.strictObject({ npy: text, labels: text.optional(), target: text.optional(), normalize, normalizeTarget })
	.check(oneTruth("labels", "a text: the file of the classes; or `target`, that of the numbers to predict"));

export const npy = {
	name: "npy",
	listed: [
		{ data: "{ npy: FILE, labels: FILE }", kind: "yours", what: "two numpy arrays" },
		{ data: "{ npy: FILE, target: FILE }", kind: "yours", what: "the same with numbers to predict" },
	],
	schema,
	read(written: unknown, locate: Locate): NpySource | null {
		const { success, data } = schema.safeParse(written);
		if (!success) return null;
		const { npy, labels, target, normalize, normalizeTarget } = data;
		const truth =
			target === undefined ? labels !== undefined && { labels: locate(labels) } : { target: locate(target), ...scaled(normalizeTarget) };
		return { name: "npy", features: locate(npy), ...truth, normalize };
	},
	written: ({ name, features, ...rest }: NpySource) => ({ [name]: features, ...rest }),
	places: ["features", "labels", "target"],
	truth: { classes: "labels", numbers: "target" },
	load: loadNpy,
} satisfies NetworkSourceKind<NpySource>;
