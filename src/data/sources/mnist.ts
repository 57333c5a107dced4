import { allFiles, fourFiles, hasFiles } from "../idx/four-files.js";
import type { ReadBytes } from "../source.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { byName } from "../written.js";

const from = (read: ReadBytes) => (file: string) => read({ kept: "mnist", file });

/**
 * MNIST: 60,000 + 10,000 images of handwritten digits, 28×28, in ten classes. No package has it; its user puts it where it is looked for.
 */
export const mnist = {
	name: "mnist",
	listed: [{ data: "mnist", kind: "kept", what: "70,000 written digits, 28×28" }],
	...byName("mnist"),
	load: (_: unknown, read: ReadBytes) =>
		fourFiles(
			from(read),
			"MNIST",
			`put ${allFiles}, each gzipped or not, into the folder that \`sweetspot data\` names; or name a folder that has them: \`data: { idx: FOLDER }\``,
			read.mostBytes,
		),
	/** Whether it is where it is looked for. */
	isThere: (read: ReadBytes): Promise<boolean> => hasFiles(from(read)),
} satisfies NetworkSourceKind<{ readonly name: "mnist" }> & { isThere: unknown };
