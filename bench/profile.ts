/**
 * Where the processor time of whole studies goes: the embedded study and a part of examples/fashion-mnist.yaml, each run as users do, on
 * one worker, with Node's own profiler in every thread. `--write` puts what came out into docs/engine.md.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { describeMachine } from "../src/native/machine.js";
import { embeddedStudy } from "./honesty/embedded.js";
import { table, writeSections } from "./markdown.js";
import { type Part, type Profile, parts, secondsOf } from "./profile/shares.js";
import { sourcesOfBundle } from "./profile/sources.js";

const fashionMnist = parse(readFileSync(new URL("../examples/fashion-mnist.yaml", import.meta.url), "utf8")) as object;
const studies = [
	{ name: "embedded", study: embeddedStudy },
	// A part of it: the whole takes hours.
	{
		name: "Fashion-MNIST, sizes 16, 256, 4,096",
		study: { ...fashionMnist, batchSizes: [16, 256, 4096], seeds: { tuning: 1, selecting: 1, reporting: 2 } },
	},
];

export function run(json: boolean, write: boolean): void {
	const profiles = studies.map(({ name, study }) => {
		process.stderr.write(`${name}\n`);
		return { name, ...profileOf(study) };
	});
	const machine = describeMachine();
	const heads = [["", "left"] as const, ...profiles.map(({ name }) => [name, "right"] as const)];
	const cells = (part: Part) =>
		profiles.map(({ seconds, total }) => `${seconds[part].toFixed(1)} s, ${((100 * seconds[part]) / total).toFixed(0)} %`);
	const rows = [...parts.map((part) => [part, ...cells(part)]), ["together", ...profiles.map(({ total }) => `${total.toFixed(1)} s`)]];
	const text = `${machine}, one worker. Seconds by the clock in which a thread had something to do; on a busy machine they are longer than those of its processor, and the shares are what counts.\n\n${table(heads, rows)}`;
	process.stdout.write(json ? `${JSON.stringify({ schemaVersion: 1, machine, profiles })}\n` : `${text}\n`);
	if (write) writeSections(new URL("../docs/engine.md", import.meta.url), { profile: text });
}

/** Seconds of a study's parts, over all threads, and the digest of what it found. */
function profileOf(study: unknown): { readonly seconds: Readonly<Record<Part, number>>; readonly total: number; readonly digest: string } {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-profile-"));
	try {
		const [file, profiles] = [join(folder, "study.yaml"), join(folder, "profiles")];
		writeFileSync(file, stringify(study));
		const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
		const profiler = ["--cpu-prof", "--cpu-prof-interval", "2000", "--cpu-prof-dir", profiles];
		const flags = ["--store", join(folder, "store"), "--workers", "1", "--json"];
		const { stdout, stderr, status } = spawnSync(process.execPath, [...profiler, main, "tune", file, ...flags], {
			encoding: "utf8",
			maxBuffer: 2 ** 28,
		});
		if (status !== 0 && status !== 3) throw new Error(stderr);
		const answer = JSON.parse(stdout) as { readonly digest: string };
		const seconds = secondsOf(
			readdirSync(profiles).map((name) => JSON.parse(readFileSync(join(profiles, name), "utf8")) as Profile),
			sourcesOfBundle(),
		);
		if (seconds.training === 0 || seconds.looks === 0)
			throw new Error("no function was recognized: do the rules in shares.ts fit the program?");
		return { seconds, total: parts.reduce((sum, part) => sum + seconds[part], 0), digest: answer.digest };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
