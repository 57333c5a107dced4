import { type LinearProblem, type LinearSource, linearProblem } from "./linear.js";

/** Least squares: ℓ(z, y) = ½(z − y)², the targets being the noisy scores themselves. */
export const leastSquares = (source: LinearSource): LinearProblem => linearProblem(source, (score) => score);
