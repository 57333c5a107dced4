import { z } from "zod";
import { allFiles, fourFiles } from "../idx/four-files.js";
import type { ReadBytes } from "../source.js";
import type { Locate, NetworkSourceKind } from "../source-kind.js";

/** A folder with the four files of MNIST, or of a data set in its format, by their usual names, gzipped or not. */
export interface IdxSource {
	readonly name: "idx";
	/** Absolute. */
	readonly folder: string;
}

const schema = z.strictObject({ idx: z.string().min(1) });

export const idx = {
	name: "idx",
	listed: [{ data: "{ idx: FOLDER }", kind: "yours", what: "a folder in MNIST's format" }],
	schema,
	read(written: unknown, locate: Locate): IdxSource | null {
		const { success, data } = schema.safeParse(written);
		return success ? { name: "idx", folder: locate(data.idx) } : null;
	},
	written: ({ folder }: IdxSource) => ({ idx: folder }),
	places: ["folder"],
	load: ({ folder }: IdxSource, read: ReadBytes) =>
		fourFiles(
			(file) => read({ path: `${folder}/${file}` }),
			folder,
			`${folder} must hold ${allFiles}, each gzipped or not.`,
			read.mostBytes,
		),
} satisfies NetworkSourceKind<IdxSource>;
