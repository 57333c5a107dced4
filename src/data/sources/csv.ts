import { z } from "zod";
import { type CsvSource, loadCsv } from "../csv/examples.js";
import { separators } from "../csv/reader.js";
import type { Locate, NetworkSourceKind } from "../source-kind.js";
import { withoutNulls } from "../written.js";
import { normalize, normalizeTarget, oneTruth, scaled } from "./truth-keys.js";

const text = z.string().min(1);
const schema = z
	.strictObject({
		csv: text,
		label: text.optional(),
		/** Of numbers to predict, in place of a label. */
		target: z.union([text, z.array(text).min(1)]).optional(),
		split: text.optional(),
		normalize,
		normalizeTarget,
		separator: z.enum(separators).optional(),
	})
	.check(oneTruth("label", "a text: the column of the classes; or `target`, that of the numbers to predict"));

export const csv = {
	name: "csv",
	listed: [
		{ data: "{ csv: FILE, label: COLUMN }", kind: "yours", what: "a table with a column of classes" },
		{ data: "{ csv: FILE, target: COLUMN }", kind: "yours", what: "a table with numbers to predict" },
	],
	schema,
	read(written: unknown, locate: Locate): CsvSource | null {
		const { success, data } = schema.safeParse(written);
		if (!success) return null;
		const { csv, label, target, split = null, normalize, normalizeTarget, separator = null } = data;
		const truth =
			target === undefined
				? label !== undefined && { label }
				: { target: typeof target === "string" ? [target] : target, ...scaled(normalizeTarget) };
		return { name: "csv", file: locate(csv), ...truth, split, normalize, separator };
	},
	written: ({ name, file, ...rest }: CsvSource) => ({ [name]: file, ...withoutNulls(rest) }),
	places: ["file"],
	truth: { classes: "label", numbers: "target" },
	load: loadCsv,
} satisfies NetworkSourceKind<CsvSource>;
