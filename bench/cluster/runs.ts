import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, Workplace } from "../../test/e2e/sweetspot.js";
import type { TestSlurm } from "../../test/fixtures/cluster/slurm.js";

/** The digest of the embedded study, whose trials run there. */
export async function digestThrough(slurm: TestSlurm, executor: "workers" | "slurm"): Promise<string> {
	const place = new Workplace();
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-shared-"));
	try {
		const args = ["tune", "--json", "--quiet", "--executor", executor, "--workers", "4"];
		return digestOf(await place.start(args, undefined, { ...slurm.environment, HOME: folder }));
	} finally {
		place.remove();
		rmSync(folder, { recursive: true, force: true });
	}
}
