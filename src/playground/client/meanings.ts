import { element } from "./dom.js";

const meanings = [
	[
		"dots",
		"training examples; small open ones are held out: no lane learns from them. The colour behind them is the class that the lane predicts there.",
	],
	["rings", "the examples of the last mini-batch, those that the last update learned from."],
	["updates", "steps so far: how often the weights have changed. An epoch is once through all training examples."],
	["loss", "how wrong the predictions are, 0 at best; right: the share of predictions that are correct."],
	["gradient norm", "how steep the loss is, as the last mini-batch sees it; the line above shows the last mini-batches."],
	["noise scale", "in examples: batches much smaller than it see mostly noise, batches much larger see little more than it."],
	["distance from start", "how far the weights are from where all lanes began."],
	["Branch", "adds a lane that goes on from here, to be changed: what would have happened otherwise?"],
	["Check the bits", "shows a fingerprint of the weights; the command line prints the same one for the same training."],
] as const;

/** What the figures and signs of a lane mean, for a visitor who has only the page. */
export const meaningsOfLane = (): HTMLElement =>
	element(
		"details",
		{ class: "meanings" },
		element("summary", {}, "What do the dots, rings and figures mean?"),
		element("dl", {}, ...meanings.flatMap(([term, meaning]) => [element("dt", {}, term), element("dd", {}, meaning)])),
	);
