/**
 * The torture campaign: kills and stops at random moments, mutated inputs, flipped bits. What must hold after each is checked; anything that doesn't is listed, and the exit code is 1.
 * docs/reliability.md says what was run and found: `--write` puts the table there. `--kills N --inputs N --flips N --seed S` say how much, and repeat it.
 */
import { Rng } from "../src/core/rng.js";
import { killCampaign } from "./torture/kills.js";
import { campaignOptions } from "./torture/options.js";

export async function run(json: boolean, write: boolean, flags: readonly string[]): Promise<void> {
	const options = campaignOptions(flags);
	if (options === null) {
		process.stderr.write("usage: npm run bench -- torture [--kills N] [--inputs N] [--flips N] [--seed S] [--json] [--write]\n");
		process.exitCode = 2;
		return;
	}
	const rng = Rng.fromSeed(options.seed);
	const say = (text: string) => process.stderr.write(`${text}\n`);
	const kills = await killCampaign(rng.split("kills"), options.kills, say);
	console.log(json, write, kills);
}
