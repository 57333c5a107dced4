import { articleAsked, atArticleSize } from "../experiments/article-size.js";
import { experiments } from "../experiments/catalogue.js";
import { conditions } from "../experiments/conditions/conditions.js";
import type { Asked, Experiment, Size } from "../experiments/experiment.js";

/** One run of all those that the ledger rests on. */
export interface CampaignRun {
	readonly experiment: Experiment;
	readonly asked: Asked;
}

/**
 * What the ledger rests on, in the order in which it is run: every experiment on its own data, claims judged again on other data, and, at
 * the published size and where the images are installed, the article's figures on all of them.
 */
export function campaignOf(size: Size, seed: number, hasImages: boolean): readonly CampaignRun[] {
	const images = size === "full" && hasImages;
	return [
		...experiments.map((experiment) => ({ experiment, asked: { size, seed, data: null } })),
		{ experiment: conditions, asked: { size, seed, data: "tutorial-blobs" } },
		...(images ? [{ experiment: conditions, asked: { size, seed, data: "fashion-mnist" } } as const] : []),
		...(images ? atArticleSize.map(({ experiment }) => ({ experiment, asked: articleAsked(seed) })) : []),
	];
}
