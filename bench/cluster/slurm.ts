import { canLimitMemory, TestSlurm } from "../../test/fixtures/cluster/slurm.js";
import { faults } from "./faults.js";
import { manyTrials } from "./many-trials.js";
import { faultsTable, type Measured } from "./measured.js";
import { digestThrough } from "./runs.js";
import { timeLimit } from "./time-limit.js";

/** A Slurm of two nodes with two cores each. */
export async function slurmSections(report: (found: unknown) => void): Promise<Measured> {
	const slurm = await TestSlurm.start({ limitsMemory: canLimitMemory });
	process.env.SLURM_CONF = slurm.environment.SLURM_CONF;
	try {
		const cost = await throughSlurm(slurm);
		report(cost);
		const came = [...(await faults(slurm, report)), await timeLimit(slurm)];
		const digests = { workers: await digestThrough(slurm, "workers"), slurm: await digestThrough(slurm, "slurm") };
		report(digests);
		return {
			measured: { digests, faults: came, cost },
			sections: {
				digests: `The embedded study's digest begins with \`${digests.workers.slice(0, 16)}\` in worker threads and \`${digests.slurm.slice(0, 16)}\` through Slurm.`,
				faults: faultsTable(came),
				cost: `${cost.trials} trials of a script that takes ${cost.scriptSeconds.toFixed(2)} s by itself, on ${cost.slots} slots: ${cost.seconds.toFixed(0)} s in all, ${cost.overheadSeconds.toFixed(2)} s of a slot's time per trial in addition to the script's own. The controller got ${cost.requestsPerMinute.toFixed(0)} requests a minute, and ${cost.jobs} arrays of jobs in all.`,
			},
			isSound: digests.workers === digests.slurm && came.every(({ same, left }) => same && left === 0),
		};
	} finally {
		await slurm.stop();
	}
}

async function throughSlurm(slurm: TestSlurm) {
	const cost = await manyTrials("slurm", {}, () => slurm.ask("sdiag", "--reset"));
	const { all, submissions } = requests(slurm.ask("sdiag"));
	return { ...cost, requestsPerMinute: (60 * all) / cost.seconds, jobs: submissions };
}

/** What Slurm's controller was asked by programs of the user's, by sdiag's table of messages. */
function requests(statistics: string): { readonly all: number; readonly submissions: number } {
	const count = (name: string): number => Number(new RegExp(`^\\s*${name}\\s.*?count:(\\d+)`, "m").exec(statistics)?.[1] ?? 0);
	const submissions = count("REQUEST_SUBMIT_BATCH_JOB");
	const all = ["REQUEST_JOB_INFO", "REQUEST_JOB_USER_INFO", "REQUEST_JOB_INFO_SINGLE", "REQUEST_KILL_JOB", "REQUEST_UPDATE_JOB"];
	return { all: all.reduce((sum, name) => sum + count(name), submissions), submissions };
}
