/** The flags of a training script that a study is about, as they are written: `--batch-size`. Null where its help shows none. */
export interface ScriptFlags {
	readonly batchSize: string | null;
	readonly learningRate: string | null;
	readonly seed: string | null;
	/** How long it trains. */
	readonly epochs: string | null;
}

/** Usual names, the likeliest first; `-` stands for `-` and `_` alike. */
const names = {
	batchSize: [
		"batch-size",
		"train-batch-size",
		"per-device-train-batch-size",
		"batchsize",
		"batch",
		"bs",
		"bsz",
		"mini-batch-size",
		"batch-sz",
	],
	learningRate: ["lr", "learning-rate", "learningrate", "base-lr", "init-lr", "initial-lr", "eta", "step-size"],
	seed: ["seed", "random-seed", "random-state", "manual-seed", "rng-seed"],
	epochs: ["epochs", "num-epochs", "n-epochs", "max-epochs", "num-train-epochs", "epoch"],
} as const satisfies Readonly<Record<keyof ScriptFlags, readonly string[]>>;

/** Long flags, and single-dash ones such as Go's `-lr`, at the beginning of a word. */
const flag = /(?<![\w-])--?[A-Za-z][\w.-]*/g;

/** Finds the flags in what `--help` prints. */
export function flagsIn(help: string): ScriptFlags {
	const written = new Map<string, string>();
	for (const [text] of help.matchAll(flag)) {
		const name = text.replace(/^--?/, "").replace(/[.]+$/, "").replaceAll("_", "-").toLowerCase();
		if (!written.has(name)) written.set(name, text.replace(/[.]+$/, ""));
	}
	const find = (candidates: readonly string[]): string | null => {
		for (const name of candidates) {
			const found = written.get(name) ?? written.get(name.replaceAll("-", ""));
			if (found !== undefined) return found;
		}
		return null;
	};
	return {
		batchSize: find(names.batchSize),
		learningRate: find(names.learningRate),
		seed: find(names.seed),
		epochs: find(names.epochs),
	};
}
