import { formatCount, formatNumber } from "../../words/numbers.js";
import type { Look } from "../lane/look.js";
import { last, type Stop, stepsOf } from "./stop.js";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
/** The place of the largest. */
const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));
/** The share of looks at which the training loss was higher than at the look before. */
const rises = (looks: readonly Look[]): number => mean(looks.slice(1).map((look, i) => (look.train.loss > looks[i].train.loss ? 1 : 0)));
const firstBelow = (looks: readonly Look[], loss: number): number | null => looks.find((look) => look.train.loss <= loss)?.step ?? null;
const one = "One run of a small network: the ledger judges over many seeds.";

/** The tour: one stop for each lesson of the source, and two beyond it. */
export const stops: readonly Stop[] = [
	{
		title: "Three flavors",
		scene: "lanes=1:0.0625:sgd,32:0.0625:sgd,all:0.0625:sgd&show=epochs:loss",
		text: "Stochastic, mini-batch and batch gradient descent are one algorithm with three batch sizes: one example, some, all. Each lane now trains for three epochs, so each sees every example three times.",
		question: "Which lane updates its weights most often?",
		options: ["A: batch size 1", "B: batch size 32", "C: all examples", "All equally often"],
		steps: (n) => [1, 32, n].map((size) => stepsOf(3, n, size)),
		answer: (lanes) => ({
			option: largest(lanes.map((looks) => last(looks).step)),
			figures: `Updates in three epochs: ${lanes.map((looks) => formatCount(last(looks).step)).join(", ")}.`,
		}),
		claim: "C4",
		caveat: "This is arithmetic, and holds always.",
	},
	{
		title: "Noise and stability",
		scene: "lanes=1:0.25:sgd,all:0.25:sgd&show=steps:loss",
		text: "A single example’s gradient points somewhere near the direction in which the loss falls, all examples’ exactly there. Both lanes take 400 steps at the same rate.",
		question: "In which lane does the training loss rise more often from one look to the next?",
		options: ["A: batch size 1", "B: all examples"],
		steps: () => [400, 400],
		answer: (lanes) => ({
			option: largest(lanes.map(rises)),
			figures: `The training loss rose at ${lanes.map((looks) => percent(rises(looks))).join(" and ")} of the looks.`,
		}),
		claim: "C24",
		caveat: `Noise is not failure: a smaller rate calms it. ${one}`,
	},
	{
		title: "Steps against epochs",
		scene: "lanes=4:0.125:sgd,64:0.125:sgd&show=epochs:loss&pace=examples:medium",
		text: "Both lanes train for 20 epochs at the same rate. So both see equally many examples, but lane A takes sixteen times as many steps. Switch the chart from epochs to steps afterwards.",
		question: "Which lane has the lower training loss after 20 epochs?",
		options: ["A: batch size 4", "B: batch size 64"],
		steps: (n) => [4, 64].map((size) => stepsOf(20, n, size)),
		answer: ([small, large]) => {
			const same = small.filter(({ step }) => step <= last(large).step);
			return {
				option: last(small).train.loss < last(large).train.loss ? 0 : 1,
				figures: `After 20 epochs: ${last(small).train.loss.toFixed(3)} against ${last(large).train.loss.toFixed(3)}. After ${formatCount(last(same).step)} steps of its own, lane A was at ${last(same).train.loss.toFixed(3)}: what is counted decides who is ahead.`,
			};
		},
		claim: "C22",
		caveat: one,
	},
	{
		title: "Gradient norms",
		scene: "lanes=1:0.0625:sgd,16:0.0625:sgd,all:0.0625:sgd&show=steps:loss",
		text: "A mini-batch’s gradient is the mean of its examples’ gradients. Below each lane you see the norm of each mini-batch’s gradient. All lanes take 200 steps.",
		question: "In which lane is the mean norm largest?",
		options: ["A: batch size 1", "B: batch size 16", "C: all examples"],
		steps: () => [200, 200, 200],
		answer: (lanes) => {
			const norms = lanes.map((looks) => mean(looks.slice(1).map(({ gradientNorm }) => gradientNorm)));
			return { option: largest(norms), figures: `Mean norms over the looks: ${norms.map(formatNumber).join(", ")}.` };
		},
		claim: "C32a",
		caveat: "In a mean, what is noise in single gradients cancels.",
	},
	{
		title: "Distance and rate",
		scene: "lanes=4:0.125:sgd,64:0.125:sgd&show=examples:loss&pace=examples:medium",
		text: "How far do the weights get from where they began? Both lanes see every example ten times, at the same rate. The picture at the right, or below, shows where they go.",
		question: "Which lane ends farther from the start?",
		options: ["A: batch size 4", "B: batch size 64"],
		steps: (n) => [4, 64].map((size) => stepsOf(10, n, size)),
		answer: (lanes) => ({
			option: largest(lanes.map((looks) => last(looks).distance)),
			figures: `Distances from the start: ${lanes.map((looks) => formatNumber(last(looks).distance)).join(" and ")}.`,
		}),
		claim: "C29",
		caveat: `A larger rate makes up for much of it. ${one}`,
	},
	{
		title: "Generalization",
		scene: "data=moons:500:0.3&lanes=8:0.125:sgd,all:0.125:sgd&show=epochs:accuracy&pace=examples:medium",
		text: "Does a large batch find a solution that is worse on examples it has not seen? Both lanes train for 60 epochs at the same rate.",
		question: "Which lane is right more often on the held-out examples?",
		options: ["A, by more than 2 points", "They are within 2 points", "B, by more than 2 points"],
		steps: (n) => [8, n].map((size) => stepsOf(60, n, size)),
		answer: (lanes) => {
			const [small, large] = lanes.map((looks) => last(looks).heldOut.accuracy);
			return {
				option: small - large > 0.02 ? 0 : large - small > 0.02 ? 2 : 1,
				figures: `Held-out accuracy: ${percent(small)} and ${percent(large)}; on the training examples: ${lanes.map((looks) => percent(last(looks).train.accuracy)).join(" and ")}.`,
			};
		},
		claim: "C23",
		caveat: `At equal epochs the large batch took far fewer steps; press “100 steps” a few times and look again. ${one}`,
	},
	{
		title: "When to stop",
		scene: "data=moons:100:0.5&net=relu:32:32&lanes=8:0.015625:adam&show=epochs:loss",
		text: "60 noisy training examples and a network with a thousand weights. The thick line is the loss on held-out examples, the thin one that on the training examples.",
		question: "After 1,500 steps, is the held-out loss near the lowest that it has been?",
		options: ["Yes, within a tenth", "No, it has risen by more than a tenth"],
		steps: () => [1500],
		answer: ([looks]) => {
			const best = looks.reduce((lowest, look) => (look.heldOut.loss < lowest.heldOut.loss ? look : lowest));
			return {
				option: last(looks).heldOut.loss > 1.1 * best.heldOut.loss ? 1 : 0,
				figures: `It was lowest at step ${formatCount(best.step)}, at ${best.heldOut.loss.toFixed(3)}, and is ${last(looks).heldOut.loss.toFixed(3)} now. The training loss is ${last(looks).train.loss.toFixed(3)}.`,
			};
		},
		claim: "C38",
		caveat: one,
	},
	{
		title: "The critical batch size",
		scene: "lanes=2:0.25:sgd,16:0.25:sgd,128:0.25:sgd&show=steps:loss",
		text: "From lane to lane the batch is eight times as large. If a larger batch were used perfectly, each lane would need an eighth of the steps. All run until their training loss has been at most 0.25 for the first time, or for 1,200 steps.",
		question: "How many times fewer steps does lane C need than lane B?",
		options: ["About eight times fewer (at least 6)", "Fewer, but not nearly eight times", "No fewer"],
		steps: () => [1200, 1200, 1200],
		answer: (lanes) => {
			const needed = lanes.map((looks) => firstBelow(looks, 0.25));
			const [, middle, large] = needed;
			const ratio = middle === null || large === null ? 1 : middle / large;
			return {
				option: ratio >= 6 ? 0 : ratio > 1 ? 1 : 2,
				figures: `Steps to a loss of 0.25: ${needed.map((steps) => (steps === null ? "not in 1,200" : formatCount(steps))).join(", ")}; from B to C ${formatNumber(ratio)} times fewer.`,
			};
		},
		claim: "C41",
		caveat: "Beyond the critical batch size more examples a step buy little. Here all have one rate; a study tunes it for each size.",
	},
	{
		title: "Tied schedules",
		scene: "lanes=16:0.5:sgd@190:16:0.125:sgd,16:0.5:sgd@190:64:0.5:sgd&show=epochs:loss&pace=examples:medium",
		text: "Both lanes begin alike. After ten epochs lane A divides its learning rate by four; lane B multiplies its batch size by four instead. Both go on for ten more epochs.",
		question: "Do they end with training losses within a tenth of each other?",
		options: ["Yes", "No"],
		steps: (n) => [190 + stepsOf(10, n, 16), 190 + stepsOf(10, n, 64)],
		answer: (lanes) => {
			const [a, b] = lanes.map((looks) => last(looks).train.loss);
			return {
				option: Math.abs(a - b) <= 0.1 * Math.max(a, b) ? 0 : 1,
				figures: `Training losses: ${a.toFixed(3)} after ${formatCount(last(lanes[0]).step)} steps and ${b.toFixed(3)} after ${formatCount(last(lanes[1]).step)}.`,
			};
		},
		claim: "C42",
		caveat: one,
	},
];
