import type { Ending } from "./program.js";

/** A command that writes, and the file that it makes, which has the same bytes every time. */
export interface Writing {
	readonly args: readonly string[];
	readonly file: string | null;
	/** Whether the store that it works on begins empty. */
	readonly emptyStore: boolean;
	/** Whether what it left is gone on from: its file may then be that of an earlier step. */
	readonly goesOn: boolean;
}

/** The table that `import` reads, and the size of the training set that its runs had. */
export const runs = { file: "runs.csv", examples: 122 } as const;

const rest = { emptyStore: false, goesOn: false } as const;

/** Every command that writes, but for those that run a study. `id`: of the study in the store. */
export const writings = (id: string): readonly Writing[] => [
	{ args: ["export", id, "--out", "made.csv", "--force"], file: "made.csv", ...rest },
	{ args: ["export", id, "--format", "json", "--out", "made.json", "--force"], file: "made.json", ...rest },
	{ args: ["report", id, "--out", "made.html", "--force"], file: "made.html", ...rest },
	{ args: ["backup", "made.sqlite", "--force"], file: "made.sqlite", ...rest },
	{
		args: [
			"import",
			runs.file,
			"--goal",
			"validation.loss<=0.3",
			"--examples",
			`${runs.examples}`,
			"--json",
			"--out",
			"made.html",
			"--force",
		],
		file: "made.html",
		emptyStore: true,
		goesOn: false,
	},
	{
		args: ["train", "study.yaml", "--batch-size", "8", "--learning-rate", "0.01", "--steps", "4000", "--checkpoint", "made.ckpt", "--json"],
		file: "made.ckpt",
		emptyStore: true,
		goesOn: true,
	},
	{ args: ["experiment", "run", "flavors", "--json"], file: null, emptyStore: true, goesOn: true },
];

/** What a command printed that is the same every time it has been run to its end: the digest of a study or of weights. */
export function lastingWords({ stdout }: Pick<Ending, "stdout">): string {
	if (!stdout.startsWith("{")) return "";
	const { digest, weights } = JSON.parse(stdout) as { readonly digest?: string; readonly weights?: { readonly sha256: string } };
	return digest ?? weights?.sha256 ?? "";
}
