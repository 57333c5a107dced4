import { fourFiles, hasFiles } from "../idx/four-files.js";
import type { ReadBytes } from "../source.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { byName } from "../written.js";

const from = (read: ReadBytes) => (file: string) => read({ installed: "fashion-mnist", file });

/** Zalando's Fashion-MNIST: 60,000 + 10,000 images of 28×28 in ten classes, as Debian packages it. */
export const fashionMnist = {
	name: "fashion-mnist",
	listed: [{ data: "fashion-mnist", kind: "installed", what: "70,000 clothes, 28×28, ten classes" }],
	...byName("fashion-mnist"),
	load: (_: unknown, read: ReadBytes) =>
		fourFiles(
			from(read),
			"Fashion-MNIST",
			"sudo apt-get install -y dataset-fashion-mnist; or name a folder that has its four files: `data: { idx: FOLDER }`",
			read.mostBytes,
		),
	/** Whether it is installed. */
	isThere: (read: ReadBytes): Promise<boolean> => hasFiles(from(read)),
} satisfies NetworkSourceKind<{ readonly name: "fashion-mnist" }> & { isThere: unknown };
