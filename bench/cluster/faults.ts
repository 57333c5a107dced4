import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { briefStudy, digestOf, type Ended, Workplace } from "../../test/e2e/sweetspot.js";
import { canLimitMemory, type TestSlurm } from "../../test/fixtures/cluster/slurm.js";
import { canMount, mount, unmount } from "../../test/fixtures/mount.js";

/** What came of one fault. */
export interface Came {
	readonly fault: string;
	readonly outcome: string;
	/** Whether the study ended with the digest of an undisturbed run. */
	readonly same: boolean;
	/** Jobs in the queue afterwards. */
	readonly left: number;
}

interface Scene {
	readonly slurm: TestSlurm;
	/** The folder that the nodes see. */
	readonly folder: string;
	/** The program's own folder, from which the study is started. */
	readonly place: Workplace;
	/** Ends the runner. */
	readonly signal: (name: NodeJS.Signals) => void;
}

/** More keys of the study's \`cluster\`, where a fault needs some. */
const settings: Readonly<Record<string, (place: Workplace) => object>> = {
	"a job preempted and ended": () => ({ slurm: { partition: "spare" } }),
	"a job out of memory": (place) => {
		place.write("node.sh", `#!/bin/sh\nexec ${process.execPath} --require ${join(place.folder, "hog.cjs")} "$@"\n`);
		chmodSync(join(place.folder, "node.sh"), 0o700);
		place.write("hog.cjs", hog(place.folder));
		return { node: join(place.folder, "node.sh"), slurm: { memory: "300M" } };
	},
};

/** Takes memory until its process is killed, once: in the job that takes the file of that name first. */
const hog = (folder: string): string => `
const taken = [];
setInterval(() => {
	try {
		require("node:fs").renameSync(${JSON.stringify(join(folder, "hog"))}, ${JSON.stringify(join(folder, "taken"))});
	} catch {
		return;
	}
	for (let i = 0; i < 50; i++) taken.push(Buffer.alloc(2e7, 1));
}, 20).unref();
`;

/** Asks for both nodes as a whole, before anyone else. */
const urgent = ({ slurm, place }: Scene): void => {
	place.write("urgent.sh", "#!/bin/sh\nsleep 2\n");
	slurm.ask("sbatch", "--partition=urgent", "--nodes=2", "--exclusive", "--output=/dev/null", join(place.folder, "urgent.sh"));
};

/** What is done once, when a trial of the study has finished and a job runs. */
const all: Readonly<Record<string, (scene: Scene) => void>> = {
	"a node's daemon and all on it killed, started again": ({ slurm }) => {
		const node = slurm.ask("squeue", "--noheader", "--states=RUNNING", "--format=%N").split("\n")[0] || "n1"; // the job may be over by now
		slurm.killNode(node);
		setTimeout(() => slurm.startNode(node), 20_000);
	},
	"a job cancelled by hand": ({ slurm }) => slurm.ask("scancel", running(slurm)),
	"a job requeued": ({ slurm }) => slurm.ask("scontrol", "requeue", running(slurm)),
	"a job preempted and requeued": urgent,
	"a job preempted and ended": urgent,
	...(canLimitMemory && { "a job out of memory": ({ place }: Scene) => place.write("hog", "") }),
	"a job's process killed": ({ slurm }) => slurm.ask("scancel", "--signal=KILL", "--batch", running(slurm)),
	"the runner killed (kill -9), then resume": ({ signal }) => signal("SIGKILL"),
	"Ctrl-C, then resume": ({ signal }) => signal("SIGINT"),
	"the controller killed, started again 10 s later, its nodes resumed by hand 50 s after that": ({ slurm }) => {
		slurm.killController();
		setTimeout(() => slurm.startController(), 10_000);
		// Where it gave out the number of a job that still runs, it drains the node, which an administrator has to put right.
		setTimeout(() => slurm.ask("scontrol", "update", "nodename=n1,n2", "state=resume"), 60_000);
	},
	...(canMount && {
		"the jobs' folder full, then room again and resume": ({ folder }: Scene) => {
			for (const size of [2 ** 20, 2 ** 12, 1])
				for (let i = 0; ; i++)
					try {
						writeFileSync(join(folder, `filler-${size}-${i}`), Buffer.alloc(size));
					} catch {
						break;
					}
		},
	}),
};

const running = (slurm: TestSlurm): string => slurm.ask("squeue", "--noheader", "--states=RUNNING", "--format=%i").split("\n")[0] ?? "";

/** Every fault, one study each. */
export async function faults(slurm: TestSlurm, onCame: (came: Came) => void): Promise<readonly Came[]> {
	const expected = await undisturbed();
	const came: Came[] = [];
	for (const [fault, act] of Object.entries(all)) {
		const one = await withFault(slurm, fault, act, expected);
		onCame(one);
		came.push(one);
		await slurm.putRight();
	}
	return came;
}

/** Trials of a second or so, so that faults meet some that run. */
const study = `${briefStudy.replace("[{ dense: 16 }, relu, { dense: 3 }]", "[{ dense: 512 }, relu, { dense: 256 }, relu, { dense: 3 }]")}`;

async function undisturbed(): Promise<string> {
	const place = new Workplace();
	place.write("small.yaml", study);
	const digest = digestOf(await place.start(["tune", "small.yaml", "--json", "--quiet"]));
	place.remove();
	return digest;
}

async function withFault(slurm: TestSlurm, fault: string, act: (scene: Scene) => void, expected: string): Promise<Came> {
	const above = mkdtempSync(join(tmpdir(), "sweetspot-fault-"));
	const folder = join(above, "jobs");
	mkdirSync(folder);
	if (fault.includes("full")) mount(folder, "size=8m");
	const place = new Workplace();
	place.write("small.yaml", `${study}cluster: ${JSON.stringify({ folder, ...settings[fault]?.(place) })}\n`);
	const run = (args: readonly string[], onOutput?: Parameters<Workplace["start"]>[1]): Promise<Ended> =>
		place.start([...args, "--executor", "slurm", "--workers", "4", "--json"], onOutput, slurm.environment);
	try {
		let done = false;
		let ended = await run(["tune", "small.yaml"], (said, signal) => {
			if (done || !said.includes("] ") || running(slurm) === "") return;
			done = true;
			act({ slurm, folder, place, signal });
		});
		const lost = ended.stderr.match(/^lost, and run again: .*$/gm) ?? [];
		let outcome =
			lost.length > 0
				? `${lost.length} lost, run again: ${(lost[0] ?? "").split("; it printed: ")[0].split(": ").slice(2).join(": ")}`
				: "no trial lost";
		if (ended.stdout === "" || ended.code === 130 || ended.code === null) {
			outcome = `paused (${/error: (.*)/.exec(ended.stderr)?.[1] ?? (ended.code === null ? "killed" : "interrupted")}), resumed`;
			for (const name of readdirSync(folder)) if (name.startsWith("filler-")) rmSync(join(folder, name));
			const listed = await place.start(["studies", "--json"]);
			const [{ id }] = (JSON.parse(listed.stdout) as { readonly studies: readonly { readonly id: string }[] }).studies;
			ended = await run(["resume", id]);
		}
		return {
			fault,
			outcome: done ? outcome.replaceAll(folder, "the jobs' folder") : "the study was over before",
			same: digestOf(ended) === expected,
			left: slurm.jobs().length,
		};
	} finally {
		if (fault.includes("full")) unmount(folder);
		place.remove();
		rmSync(above, { recursive: true, force: true });
	}
}
