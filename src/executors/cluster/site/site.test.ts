import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { clusterSchema } from "../../../study/cluster-schema.js";
import { filledIn } from "./placeholders.js";
import { printedStates } from "./states.js";
import { siteSystem } from "./system.js";

const commands = { submit: ["a", "{program}", "{file}"], poll: ["b", "{jobs}"], cancel: ["c", "{jobs}"] };

test("a placeholder is an argument of its own, and what it stands for is read as nothing else", () => {
	expect(filledIn(["q", "{file}", "-x", "{jobs}"], { file: "a b; {jobs}", jobs: ["1", "2"] })).toEqual([
		"q",
		"a b; {jobs}",
		"-x",
		"1",
		"2",
	]);
	const problems = (command: object) =>
		clusterSchema
			.safeParse({ command: { ...commands, ...command } })
			.error?.issues.map(({ path, message }) => [path.slice(1).join("."), message]) ?? [];
	expect(problems({})).toEqual([]);
	expect(problems({ submit: ["a", "--file={file}", "{program}"] })).toEqual([
		["submit.1", "{file} must be an argument of its own"],
		["submit", "lacks {file}"],
	]);
	expect(problems({ poll: ["b", "{ids}"] }).map(([, message]) => message)).toEqual([
		"{ids} is unknown here, expected {jobs}",
		"lacks {jobs}",
	]);
});

test("states are read from lines; one that is none names the states", () => {
	expect([...printedStates("1 queued Resources\n 2 running n1 \n3 done\n4 out-of-memory oom-kill\n\n").entries()]).toEqual([
		["1", { kind: "queued", why: "Resources" }],
		["2", { kind: "running", machine: "n1" }],
		["3", { kind: "ended", end: "done", words: "its job ended" }],
		["4", { kind: "ended", end: "out of memory", words: "its job used more memory than it may (oom-kill)" }],
	]);
	expect(() => printedStates("1 RUNNING")).toThrow(expect.objectContaining({ fix: expect.stringContaining("queued, running, done") }));
});

/** A site's system of shell scripts. */
function opened(submit: string, poll = "exit 0") {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-site-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const script = (name: string, text: string): string => {
		const file = join(folder, name);
		writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o700 });
		return file;
	};
	const site = {
		submit: [script("submit", submit), "{program}", "{file}"],
		poll: [script("poll", poll), "{jobs}"],
		cancel: ["true", "{jobs}"],
	};
	return siteSystem(site, { folder, tag: "t", program: "p", node: "n" }, "s");
}

test("a program that isn't there, and a job without a name, are errors that say so", async () => {
	const place = { folder: tmpdir(), tag: "t", program: "p", node: "n" };
	await expect(siteSystem({ ...commands, submit: ["./nowhere.sh"] }, place, "s").check()).rejects.toMatchObject({
		detail: "there is no program ./nowhere.sh",
		fix: expect.stringContaining("cluster.command.submit"),
	});
	await expect(opened("echo Submitted batch job 7").submit([{ file: "/x/0.json" }], 1)).rejects.toThrow(/is "Submitted batch job 7"/);
	await expect(opened("echo --all").submit([{ file: "/x/0.json" }], 1)).rejects.toThrow(/is "--all"/);
});

test("where the site's commands fail nothing is concluded: jobs wait, and why is known", async () => {
	const system = opened("echo down for maintenance >&2; exit 1", "exit 1");
	const { jobs } = await system.submit([{ file: "/x/0.json" }, { file: "/x/1.json" }], 1);
	const states = await system.poll();
	expect(jobs.map((job) => states.get(job))).toEqual(
		jobs.map(() => ({ kind: "queued", why: expect.stringMatching(/submit: down for maintenance$/) })),
	);
	const taken = opened("echo 7", "exit 1");
	await taken.submit([{ file: "/x/0.json" }], 1);
	await expect(taken.poll()).rejects.toThrow(/poll: /);
});
