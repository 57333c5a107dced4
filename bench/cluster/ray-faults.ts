import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ask } from "../../src/executors/cluster/ray/ask.js";
import { briefStudy, digestOf, type Ended, Workplace } from "../../test/e2e/sweetspot.js";
import { killProcess } from "../../test/fixtures/cluster/marked.js";
import type { TestRay } from "../../test/fixtures/cluster/ray.js";
import type { Came } from "./faults.js";
import { type RayMode, rayModes } from "./over-ray.js";

interface Scene {
	readonly ray: TestRay;
	readonly processes: () => ReturnType<TestRay["jobProcesses"]>;
	/** Ends the runner. */
	readonly signal: (name: NodeJS.Signals) => void;
}

/** What is done once, when a trial of the study has finished and a job runs. */
const all: Readonly<Record<string, (scene: Scene) => void>> = {
	"a job stopped by hand": ({ ray }) => void stopOne(ray),
	"a job's process killed": ({ processes }) => killProcess(processes()[0]?.id ?? 0),
	"a node's daemon killed, another node 20 s later": ({ ray }) => {
		ray.killNode();
		setTimeout(() => void ray.startNode(), 20_000);
	},
	"the runner killed (kill -9), then resume": ({ signal }) => signal("SIGKILL"),
	"Ctrl-C, then resume": ({ signal }) => signal("SIGINT"),
};

async function stopOne(ray: TestRay): Promise<void> {
	const [job] = await ray.jobs();
	if (job !== undefined) await ask(ray.dashboard, "POST", `/api/jobs/${job}/stop`);
}

/** Trials of a second or so, so that faults meet some that run. */
const study = `${briefStudy.replace("[{ dense: 16 }, relu, { dense: 3 }]", "[{ dense: 512 }, relu, { dense: 256 }, relu, { dense: 3 }]")}`;

/** Every fault, one study each, with a shared folder and without one. */
export async function rayFaults(ray: TestRay, onCame: (came: Came) => void): Promise<readonly Came[]> {
	const here = new Workplace();
	here.write("small.yaml", study);
	const expected = digestOf(await here.start(["tune", "small.yaml", "--json", "--quiet"]));
	here.remove();
	const came: Came[] = [];
	for (const mode of rayModes)
		for (const [fault, act] of Object.entries(all)) {
			const one = await withFault(ray, mode, fault, act, expected);
			onCame(one);
			came.push(one);
		}
	return came;
}

async function withFault(ray: TestRay, mode: RayMode, fault: string, act: (scene: Scene) => void, expected: string): Promise<Came> {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-fault-"));
	const place = new Workplace();
	place.write("small.yaml", `${study}cluster: ${JSON.stringify(mode === "upload" ? { ray: { upload: true } } : { folder })}\n`);
	const processes = () => (mode === "upload" ? ray.uploadedProcesses() : ray.jobProcesses());
	const run = (args: readonly string[], onOutput?: Parameters<Workplace["start"]>[1]): Promise<Ended> =>
		place.start([...args, "--executor", "ray", "--workers", "2", "--json"], onOutput, ray.environment);
	try {
		let done = false;
		let ended = await run(["tune", "small.yaml"], (said, signal) => {
			if (done || !said.includes("] ") || processes().length === 0) return;
			done = true;
			act({ ray, processes, signal });
		});
		const lost = ended.stderr.match(/^lost, and run again: .*$/gm) ?? [];
		let outcome =
			lost.length > 0
				? `${lost.length} lost, run again: ${(lost[0] ?? "").split("; it printed: ")[0].split(": ").slice(3).join(": ")}`
				: "no trial lost";
		if (ended.stdout === "" || ended.code === 130 || ended.code === null) {
			outcome = `paused (${/error: (.*)/.exec(ended.stderr)?.[1] ?? (ended.code === null ? "killed" : "interrupted")}), resumed`;
			const listed = await place.start(["studies", "--json"]);
			const [{ id }] = (JSON.parse(listed.stdout) as { readonly studies: readonly { readonly id: string }[] }).studies;
			ended = await run(["resume", id]);
		}
		for (let look = 0; look < 300 && (processes().length > 0 || (await ray.jobs()).length > 0); look++) await delay(100);
		return {
			fault: `${fault}${mode === "upload" ? ", nothing shared" : ""}`,
			outcome: done ? outcome : "the study was over before",
			same: digestOf(ended) === expected,
			left: (await ray.jobs()).length + processes().length,
		};
	} finally {
		place.remove();
		rmSync(folder, { recursive: true, force: true });
	}
}
