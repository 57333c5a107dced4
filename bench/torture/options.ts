/** How much of the campaign is run, and the seed that every draw descends from. */
export interface CampaignOptions {
	/** Faults that end or stop a process. */
	readonly kills: number;
	/** Mutated inputs, of all kinds together. */
	readonly inputs: number;
	/** Bits of a finished store, flipped one at a time. */
	readonly flips: number;
	readonly seed: number;
}

const defaults: CampaignOptions = { kills: 1300, inputs: 10_000, flips: 500, seed: 1 };

const isOption = (name: string): name is keyof CampaignOptions => Object.hasOwn(defaults, name);

/** Reads `--kills 20 --seed 3`. Null where a flag isn't known, or its value is no whole number of 0 or more. */
export function campaignOptions(flags: readonly string[]): CampaignOptions | null {
	const options = { ...defaults };
	for (let i = 0; i < flags.length; i += 2) {
		const name = flags[i].replace(/^--/, "");
		const value = Number(flags[i + 1] || "none");
		if (!flags[i].startsWith("--") || !isOption(name) || !Number.isSafeInteger(value) || value < 0) return null;
		options[name] = value;
	}
	return options;
}

/** The command that repeats it. */
export const repeatedBy = ({ kills, inputs, flips, seed }: CampaignOptions): string =>
	`npm run bench -- torture --kills ${kills} --inputs ${inputs} --flips ${flips} --seed ${seed}`;
