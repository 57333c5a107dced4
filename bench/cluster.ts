/**
 * A real Slurm of two nodes with two cores each, on this machine's loopback: the embedded study through it, everything that can go wrong
 * with a small study, and what 300 trials of a script cost. docs/clusters.md shows what came out: `--write` puts it there.
 */
import { canLimitMemory, TestSlurm } from "../test/fixtures/cluster/slurm.js";
import { faults } from "./cluster/faults.js";
import { manyTrials } from "./cluster/many-trials.js";
import { digestThrough } from "./cluster/runs.js";
import { timeLimit } from "./cluster/time-limit.js";
import { table, writeSections } from "./markdown.js";

export async function run(json: boolean, write: boolean): Promise<void> {
	const slurm = await TestSlurm.start({ limitsMemory: canLimitMemory });
	process.env.SLURM_CONF = slurm.environment.SLURM_CONF;
	try {
		const report = (text: string) => process.stderr.write(`${text}\n`);
		const cost = await manyTrials(slurm);
		report(`300 trials: ${JSON.stringify(cost)}`);
		const came = [...(await faults(slurm, (fault) => report(JSON.stringify(fault)))), await timeLimit(slurm)];
		const digests = { workers: await digestThrough(slurm, "workers"), slurm: await digestThrough(slurm, "slurm") };
		report(JSON.stringify(digests));
		if (json) process.stdout.write(`${JSON.stringify({ digests, faults: came, cost }, null, 2)}\n`);
		const sections = {
			digests: `The embedded study's digest begins with \`${digests.workers.slice(0, 16)}\` in worker threads and \`${digests.slurm.slice(0, 16)}\` through Slurm.`,
			faults: table(
				[
					["fault, in mid-study", "left"],
					["what came of it", "left"],
					["same digest", "left"],
					["jobs left", "right"],
				],
				came.map(({ fault, outcome, same, left }) => [fault, outcome, same ? "yes" : "no", String(left)]),
			),
			cost: `${cost.trials} trials of a script that takes ${cost.scriptSeconds.toFixed(2)} s by itself, on ${cost.slots} slots: ${cost.seconds.toFixed(0)} s in all, ${cost.overheadSeconds.toFixed(2)} s of a slot's time per trial in addition to the script's own. The controller got ${cost.requestsPerMinute.toFixed(0)} requests a minute, and ${cost.jobs} arrays of jobs in all.`,
		};
		if (write) writeSections(new URL("../docs/clusters.md", import.meta.url), sections);
		if (!json) process.stdout.write(`${Object.values(sections).join("\n\n")}\n`);
		if (digests.workers !== digests.slurm || came.some(({ same, left }) => !same || left > 0)) process.exitCode = 1;
	} finally {
		await slurm.stop();
	}
}
