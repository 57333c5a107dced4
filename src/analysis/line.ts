import { mean } from "../core/mean.js";

export interface Line {
	readonly slope: number;
	/** Σ (x − x̄)²: the slope's variance is the residual variance divided by this. */
	readonly across: number;
	/** Σ of the squared residuals. */
	readonly residual: number;
}

/** The least-squares line of y over x, both of the same length. The slope is NaN where all x are equal. */
export function lineThrough(x: readonly number[], y: readonly number[]): Line {
	const [centreX, centreY] = [mean(x), mean(y)];
	const across = x.reduce((sum, value) => sum + (value - centreX) ** 2, 0);
	const slope = x.reduce((sum, value, i) => sum + (value - centreX) * (y[i] - centreY), 0) / across;
	const residual = x.reduce((sum, value, i) => sum + (y[i] - centreY - slope * (value - centreX)) ** 2, 0);
	return { slope, across, residual };
}
