/**
 * What a large store costs: the commands that read it, as processes of their own, and the runner's share of each trial. Next to the wall
 * clock stands the processor's time, which other programs' load stretches less.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeMachine } from "../src/native/machine.js";
import { openStore } from "../src/store/open.js";
import type { Study } from "../src/study/study.js";
import { median } from "./median.js";
import { followingCosts } from "./scale/following.js";
import { fillLargeStore, looks, runClosedForm, study } from "./scale/large-store.js";

const repeats = 5;

/** Seconds of the processor's time that this process has used. */
const processorSeconds = (): number => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
};

/**
 * Mean milliseconds of a trial: over the whole study, by the clock and by the processor; and over its last tenth, where the most is stored.
 */
async function runnerCost(what: Study) {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const store = openStore(dir, { mode: "write" });
	const processor = processorSeconds();
	const { ends } = await runClosedForm(store, what, 1);
	const trials = ends.length - 1;
	const used = (1000 * (processorSeconds() - processor)) / trials;
	store.close();
	rmSync(dir, { recursive: true });
	const mean = (from: number) => (ends[trials] - ends[from]) / (trials - from);
	return { trials, milliseconds: mean(0), processorMilliseconds: used, lastTenth: mean(Math.floor(0.9 * trials)) };
}

/**
 * Said by the command itself as it ends: its processor's time, and the most memory it held (Linux counts that from its start; elsewhere it
 * may be ours).
 */
const confession = `data:text/javascript,import{readFileSync}from"node:fs";process.on("exit",()=>{
const {userCPUTime,systemCPUTime,maxRSS}=process.resourceUsage();
let most=maxRSS;try{most=Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status","utf8"))[1])}catch{}
process.stderr.write(JSON.stringify({processor:(userCPUTime+systemCPUTime)/1e6,megabytes:most/1024}))})`.replaceAll("\n", "");

/** The real program: seconds by the clock and by the processor (medians of the repeats), and the most memory. */
function command(dir: string, args: readonly string[]) {
	const program = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
	const runs = Array.from({ length: repeats }, () => {
		const start = performance.now();
		const { status, stderr } = spawnSync(process.execPath, ["--import", confession, program, ...args], {
			cwd: dir,
			encoding: "utf8",
			maxBuffer: 2 ** 28,
		});
		const seconds = (performance.now() - start) / 1000;
		const said = stderr.slice(stderr.lastIndexOf('{"processor"'));
		if (status !== 0 || said === "") throw new Error(`sweetspot ${args.join(" ")}: ${stderr}`);
		return { seconds, ...(JSON.parse(said) as { processor: number; megabytes: number }) };
	});
	return {
		command: args.join(" "),
		seconds: median(runs.map(({ seconds }) => seconds)),
		processorSeconds: median(runs.map(({ processor }) => processor)),
		megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
	};
}

export async function run(json: boolean): Promise<void> {
	const say = (text: string) => (json ? undefined : process.stdout.write(`${text}\n`));
	const runner = [await runnerCost(study("small", 1000, 3, 4, 7)), await runnerCost(study("large", 4096, 61, 122, 371))];
	say(describeMachine());
	say("\nthe runner's own cost of a trial (closed-form trainer, one look)");
	for (const { trials, milliseconds, processorMilliseconds, lastTenth } of runner)
		say(
			`${String(trials).padStart(6)} trials  ${milliseconds.toFixed(2)} ms a trial (processor ${processorMilliseconds.toFixed(2)} ms), ${lastTenth.toFixed(2)} ms over the last tenth`,
		);

	const dir = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const file = join(dir, ".sweetspot", "studies.sqlite");
	const store = openStore(join(dir, ".sweetspot"), { mode: "write" });
	const start = performance.now();
	const { large, notReached } = await fillLargeStore(store);
	const built = (performance.now() - start) / 1000;
	const trials = store.list().reduce((sum, stored) => sum + stored.trials, 0);
	store.close();
	const gigabytes = statSync(file).size / 1e9;
	say(
		`\na store of ${trials} trials with ${looks} looks each, ${large.trials} of them in one study: ${gigabytes.toFixed(2)} GB, made in ${built.toFixed(0)} s`,
	);
	const commands = [
		["--version"],
		["studies"],
		["show", large.id],
		["show", large.id, "--json"],
		["show", notReached.id],
		["report", large.id],
		["report", large.id, "--format", "md"],
	].map((args) => command(dir, args));
	for (const { command, seconds, processorSeconds, megabytes } of commands)
		say(
			`sweetspot ${command.padEnd(34)} ${seconds.toFixed(2)} s (processor ${processorSeconds.toFixed(2)} s)  ${megabytes.toFixed(0).padStart(4)} MB`,
		);
	const report = statSync(join(dir, ".sweetspot", "reports", `${large.id}.html`)).size / 1e6;
	say(`the report has ${report.toFixed(1)} MB`);
	const following = followingCosts(join(dir, ".sweetspot"), large.id);
	say("\nwhat a reader pays that follows the large study");
	for (const { call, milliseconds } of following) say(`${call.padEnd(40)} ${milliseconds.toPrecision(2)} ms`);
	rmSync(dir, { recursive: true });
	if (json)
		process.stdout.write(
			`${JSON.stringify({ machine: describeMachine(), runner, store: { trials, looks, largest: large.trials, gigabytes, seconds: built }, commands, reportMegabytes: report, following })}\n`,
		);
}
