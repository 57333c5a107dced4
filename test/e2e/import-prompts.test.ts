import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

const workplace = workplaces();
const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const journal = fileURLToPath(new URL("../fixtures/trackers/optuna-journal.log", import.meta.url));

/** Runs it at a terminal of its own, which script(1) gives it, and answers one question after the other. */
async function atTerminal(cwd: string, args: string, answers: string[]) {
	const child = spawn("script", ["-qec", `${process.execPath} ${program} import ${journal} ${args}`, "/dev/null"], {
		cwd,
		env: { ...process.env, CI: "" },
		stdio: ["pipe", "pipe", "inherit"],
	});
	let said = "";
	let all = "";
	child.stdout.on("data", (chunk: Buffer) => {
		said += chunk.toString();
		all += stripVTControlCharacters(chunk.toString());
		if (!stripVTControlCharacters(said).endsWith("> ")) return;
		said = "";
		const answer = answers.shift();
		if (answer !== undefined) child.stdin.write(`${answer}\n`);
		else child.kill(); // one question more than was expected
	});
	const [code] = await once(child, "exit");
	return { code, all, left: answers };
}

test("at a terminal what no flag says is asked for, again where the answer can't be read; the table comes first, then whether to import it", async () => {
	const place = workplace();
	const goal = "validation.accuracy>=0.9";
	const answers = ["high", goal, "4096", "dozen", "years", "updates", ""];
	const { code, all, left } = await atTerminal(place.folder, "--window 1", answers);
	expect([code, left], all).toEqual([0, []]);
	expect(all).toContain('the goal is "high", expected METRIC>=VALUE');
	expect(all).toContain("What does a step count");
	expect(all).toMatch(/goal at step.*Import them\?.*Imported \d+ runs/s);
});

test("who says no has nothing stored; --yes asks nothing more; without a terminal the error names the flag", async () => {
	const place = workplace();
	const flags = `--goal "validation.accuracy>=0.9" --window 1 --examples 4096 --steps-are updates --group dozen`;
	const refused = await atTerminal(place.folder, flags, ["n"]);
	expect([refused.code, refused.all.includes("Imported")], refused.all).toEqual([0, false]);
	expect((await place.start(["studies"])).stdout).not.toContain("optuna-journal");
	const agreed = await atTerminal(place.folder, `${flags} --yes`, []);
	expect(agreed.all).toMatch(/Imported \d+ runs/);
	const { code, stderr } = await place.start([
		"import",
		journal,
		"--goal",
		"validation.accuracy>=0.9",
		"--examples",
		"4096",
		"--group",
		"dozen",
	]);
	expect([code, stderr]).toEqual([2, expect.stringContaining("--steps-are")]);
});
