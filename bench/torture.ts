/**
 * The torture campaign: processes that are killed and stopped at random moments, mutated inputs, flipped bits. What must hold after each is
 * checked; what doesn't is listed, and the exit code is 1. `--kills N --inputs N --flips N --seed S` say how much and repeat it, Ctrl-C
 * ends it early; docs/reliability.md has the figures: `--write` puts them there.
 */
import { Rng } from "../src/core/rng.js";
import { writeSections } from "./markdown.js";
import type { Course } from "./torture/course.js";
import { type Figures, figuresTable } from "./torture/figures.js";
import { flipCampaign, shownByProgram } from "./torture/flips.js";
import { fuzzCampaign } from "./torture/fuzz/campaign.js";
import { programCampaign } from "./torture/fuzz/programs.js";
import { killCampaign } from "./torture/kills.js";
import { logFlipCampaign, type Writer } from "./torture/log-flips.js";
import { type CampaignOptions, campaignOptions } from "./torture/options.js";
import type { Problem } from "./torture/problem.js";

/** Of the inputs, those that the program itself is given: each is a process. */
const programShare = 0.04;

/** Of the flips, those in the log of a store whose writer stands still, and of one that was killed. */
const logShares = { open: 0.2, killed: 0.2 } as const;

/** Of the others, those without the file's checksum, as after a kill: rows have their own. */
const withoutSum = 0.5;

export async function run(json: boolean, write: boolean, flags: readonly string[]): Promise<void> {
	const options = campaignOptions(flags);
	if (options === null) {
		process.stderr.write("usage: npm run bench -- torture [--kills N] [--inputs N] [--flips N] [--seed S] [--json] [--write]\n");
		process.exitCode = 2;
		return;
	}
	const stop = new AbortController();
	process.once("SIGINT", () => {
		process.stderr.write("ending early, with what was run\n");
		stop.abort();
	});
	const figures = await campaign(options, { say: (text) => void process.stderr.write(`${text}\n`), stop: stop.signal });
	const problems = problemsOf(figures);
	const text = figuresTable(figures, options, new Date().toISOString().slice(0, 10));
	if (json)
		process.stdout.write(
			`${JSON.stringify({ options, ...figures, kills: { ...figures.kills, counts: [...figures.kills.counts] }, fuzz: { ...figures.fuzz, counts: [...figures.fuzz.counts] }, problems })}\n`,
		);
	else process.stdout.write(`${text}\n`);
	if (write) writeSections(new URL("../docs/reliability.md", import.meta.url), { torture: text });
	if (problems.length > 0) process.exitCode = 1;
}

/** All of it side by side: processes wait now and then, and a busy machine has more moments to be killed in. */
async function campaign({ kills, inputs, flips, seed }: CampaignOptions, course: Course): Promise<Figures> {
	const rng = Rng.fromSeed(seed);
	const byProgram = Math.round(programShare * inputs);
	const logFlips = (writer: Writer) => Math.round(logShares[writer] * flips);
	const ofLog = (writer: Writer) => logFlipCampaign(rng.split(`log ${writer}`), logFlips(writer), writer, shownByProgram, course);
	const [killed, flipped, openLog, killedLog, fuzz, programs] = await Promise.all([
		killCampaign(rng.split("kills"), kills, course),
		flipCampaign(rng.split("flips"), flips - logFlips("open") - logFlips("killed"), withoutSum, shownByProgram, course),
		ofLog("open"),
		ofLog("killed"),
		fuzzCampaign(seed, inputs - byProgram, course),
		programCampaign(rng.split("programs"), byProgram, course),
	]);
	return { kills: killed, flips: flipped, openLog, killedLog, fuzz, programs };
}

const problemsOf = ({ kills, flips, openLog, killedLog, fuzz, programs }: Figures): readonly Problem[] =>
	[kills, flips, openLog, killedLog, fuzz, programs].flatMap(({ problems }) => problems);
