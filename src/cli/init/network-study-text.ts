import type { Goal } from "../../core/goal.js";
import { inline } from "./inline-yaml.js";

/** What a study of a built-in network is written from. */
export interface NetworkStudy {
	readonly name: string;
	/** As it stands after `data:`. */
	readonly data: unknown;
	/** Outputs: of a classification its classes. */
	readonly outputs: number;
	/** Absent of a classification. */
	readonly loss?: "mean-squared-error";
	readonly goal: Goal;
}

/** A study file for a network of ours, with a comment on every key. */
export const networkStudyText = ({ name, data, outputs, loss, goal }: NetworkStudy): string =>
	`# Made by \`sweetspot init\`. What each key means: docs/study.md.
version: 1
name: ${inline(name)}
workload:
  data: ${inline(data)}
  # Layers from input to output; the last one has ${outputs} unit${outputs === 1 ? "" : "s"}, as the data ask for.
  model: [{ dense: 64 }, relu, { dense: ${outputs} }]${loss === undefined ? "" : `\n  loss: ${loss}`}
  optimizer: { name: sgd, momentum: 0.9 }
# What a run must reach: a value that a good run comes to well before its end.
goal: ${inline(goal)}
# Sizes to choose from; full is the whole training set.
batchSizes: { from: 1, to: full, factor: 2 }
# The range of learning rates that is searched at every size, in half octaves; it is widened where the best lies at its edge.
tune: { learningRate: { from: 0.001, to: 10 } }
# Where each trial ends at the latest: after the larger of the two.
limits: { epochs: 100, steps: 5000 }
# fastest, cheapest (fewest examples), or balanced.
objective: balanced
`;
