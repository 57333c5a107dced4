/**
 * A real Slurm and a real Ray, each of its own, on this machine's loopback: the embedded study through them, everything that can go wrong
 * with a small study, and what 300 trials of a script cost. docs/clusters.md shows what came out: `--write` puts it there. `slurm` or `ray`:
 * that one alone.
 */
import { raySections } from "./cluster/ray.js";
import { slurmSections } from "./cluster/slurm.js";
import { writeSections } from "./markdown.js";

const engines = { slurm: slurmSections, ray: raySections } as const;
type Engine = keyof typeof engines;

const isEngine = (word: string): word is Engine => Object.hasOwn(engines, word);

export async function run(json: boolean, write: boolean, words: readonly string[]): Promise<void> {
	const chosen = words.length === 0 ? (Object.keys(engines) as Engine[]) : words.filter(isEngine);
	if (chosen.length < words.length) {
		process.stderr.write("usage: npm run bench -- cluster [slurm|ray] [--json] [--write]\n");
		process.exitCode = 2;
		return;
	}
	const report = (found: unknown) => process.stderr.write(`${JSON.stringify(found)}\n`);
	for (const engine of chosen) {
		const { measured, sections, isSound } = await engines[engine](report);
		if (write) writeSections(new URL("../docs/clusters.md", import.meta.url), sections);
		process.stdout.write(json ? `${JSON.stringify(measured, null, 2)}\n` : `${Object.values(sections).join("\n\n")}\n`);
		if (!isSound) process.exitCode = 1;
	}
}
