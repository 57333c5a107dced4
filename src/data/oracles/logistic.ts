import { type LinearProblem, type LinearSource, linearProblem } from "./linear.js";

/**
 * L2-regularized logistic regression: ℓ(z, y) = log(1 + e^(−yz)), the targets being the noisy scores' signs. Without the penalty, data that
 * a plane separates has no optimum: the weights would grow for ever.
 */
export const logistic = (source: LinearSource): LinearProblem => linearProblem(source, (score) => (score < 0 ? -1 : 1));
