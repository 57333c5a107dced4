import { SweetspotError } from "../../../core/errors.js";
import { slurm } from "./commands.js";

/** Which Slurm this machine sees. `fix`: what is missing; null if jobs can be submitted. */
export async function slurmHere(): Promise<{ readonly found: string; readonly fix: string | null }> {
	try {
		const [version, partitions] = await Promise.all([slurm("sbatch", ["--version"]), slurm("sinfo", ["--noheader", "--format=%R %D"])]);
		if (partitions.code !== 0)
			return { found: "Slurm is installed, and its controller does not answer", fix: "run Sweetspot on a login node, where `sinfo` works" };
		const listed = [...new Set(partitions.stdout.trim().split("\n"))].map((line) => {
			const [name, nodes] = line.trim().split(" ");
			return `${name} (${nodes} ${nodes === "1" ? "node" : "nodes"})`;
		});
		return { found: `${version.stdout.trim()}, with ${listed.join(", ")}`, fix: null };
	} catch (error) {
		if (!(error instanceof SweetspotError)) throw error;
		return { found: error.detail, fix: error.fix };
	}
}
