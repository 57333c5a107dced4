/**
 * The torture campaign: processes that are killed and stopped at random moments, mutated inputs, flipped bits. What must hold after each is checked;
 * what doesn't is listed, and the exit code is 1. `--kills N --inputs N --flips N --seed S` say how much and repeat it; docs/reliability.md has the
 * figures: `--write` puts them there.
 */
import { Rng } from "../src/core/rng.js";
import { writeSections } from "./markdown.js";
import { type Figures, figuresTable } from "./torture/figures.js";
import { flipCampaign, shownByProgram } from "./torture/flips.js";
import { fuzzCampaign } from "./torture/fuzz/campaign.js";
import { programCampaign } from "./torture/fuzz/programs.js";
import { killCampaign } from "./torture/kills.js";
import { type CampaignOptions, campaignOptions } from "./torture/options.js";
import type { Problem } from "./torture/problem.js";

/** Of the inputs, those that the program itself is given: each is a process. */
const programShare = 0.04;

/** Of the flips, those without the file's checksum, as after a kill: rows have their own. */
const withoutSum = 0.5;

export async function run(json: boolean, write: boolean, flags: readonly string[]): Promise<void> {
	const options = campaignOptions(flags);
	if (options === null) {
		process.stderr.write("usage: npm run bench -- torture [--kills N] [--inputs N] [--flips N] [--seed S] [--json] [--write]\n");
		process.exitCode = 2;
		return;
	}
	const figures = await campaign(options);
	const problems = problemsOf(figures);
	const text = figuresTable(figures, options, new Date().toISOString().slice(0, 10));
	for (const { after, found } of problems) process.stderr.write(`\nafter ${after}:\n  ${found}\n`);
	if (json)
		process.stdout.write(
			`${JSON.stringify({ options, ...figures, kills: { ...figures.kills, counts: [...figures.kills.counts] }, problems })}\n`,
		);
	else process.stdout.write(`${text}\n`);
	if (write) writeSections(new URL("../docs/reliability.md", import.meta.url), { torture: text });
	if (problems.length > 0) process.exitCode = 1;
}

async function campaign({ kills, inputs, flips, seed }: CampaignOptions): Promise<Figures> {
	const rng = Rng.fromSeed(seed);
	const say = (text: string) => process.stderr.write(`${text}\n`);
	const byProgram = Math.round(programShare * inputs);
	// Side by side: processes that are killed wait most of the time, and a busy machine has more moments to be killed in.
	const killed = killCampaign(rng.split("kills"), kills, say);
	const flipped = await flipCampaign(rng.split("flips"), flips, withoutSum, shownByProgram);
	say(`${flips} flips`);
	const fuzz = await fuzzCampaign(seed, inputs - byProgram, say);
	const programs = await programCampaign(rng.split("programs"), byProgram, say);
	return { kills: await killed, flips: flipped, fuzz, programs };
}

const problemsOf = ({ kills, flips, fuzz, programs }: Figures): readonly Problem[] =>
	[kills, flips, fuzz, programs].flatMap(({ problems }) => problems);
