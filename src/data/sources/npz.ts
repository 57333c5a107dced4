import { z } from "zod";
import { loadNpz, type NpzSource } from "../numpy/examples.js";
import type { Locate, NetworkSourceKind } from "../source-kind.js";
import { withoutNulls } from "../written.js";
import { normalize, normalizeTarget, oneTruth, scaled } from "./truth-keys.js";

const text = z.string().min(1);
const schema = z
	.strictObject({ npz: text, features: text.optional(), labels: text.optional(), target: text.optional(), normalize, normalizeTarget })
	.check(oneTruth("labels", null), ({ value: { features, labels, target }, issues }) => {
		if (target !== undefined || (features === undefined) === (labels === undefined)) return;
		const missing = features === undefined ? "features" : "labels";
		issues.push({ code: "custom", message: "both arrays, `features` and `labels`, or neither", input: undefined, path: [missing] });
	});

export const npz = {
	name: "npz",
	listed: [
		{ data: "{ npz: FILE }", kind: "yours", what: "numpy arrays: x_train, y_train, …" },
		{ data: "{ npz: FILE, target: NAME }", kind: "yours", what: "the same with numbers to predict" },
	],
	schema,
	read(written: unknown, locate: Locate): NpzSource | null {
		const { success, data } = schema.safeParse(written);
		if (!success) return null;
		const { npz, features, labels, target, normalize, normalizeTarget } = data;
		const file = locate(npz);
		if (target !== undefined)
			return { name: "npz", file, arrays: { features: features ?? null, target }, normalize, ...scaled(normalizeTarget) };
		return { name: "npz", file, arrays: features === undefined || labels === undefined ? null : { features, labels }, normalize };
	},
	written: ({ name, file, arrays, ...rest }: NpzSource) => ({ [name]: file, ...withoutNulls(arrays ?? {}), ...rest }),
	places: ["file"],
	truth: { classes: "labels", numbers: "target" },
	load: loadNpz,
} satisfies NetworkSourceKind<NpzSource>;
