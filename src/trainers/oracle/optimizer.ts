import { type Checkpoint, type Numbers, restoreNumbers } from "../../core/checkpoint.js";
import { power } from "../../core/numerics.js";
import { beta2Of, type OptimizerSpec } from "../../engine/optimizers/spec.js";

/** An optimizer in plain double precision. */
export interface OracleOptimizer {
	/** Forgets the state left by earlier steps. */
	reset(): void;
	/** The state left by earlier steps, by name; an optimizer of the same kind that restores it continues identically. */
	save(): Readonly<Record<string, Numbers>>;
	restore(saved: Checkpoint): void;
	/** One update of the weights, in place. */
	step(weights: Float64Array, gradient: Float64Array, learningRate: number): void;
}

/**
 * The optimizers of src/engine/optimizers (see the formulas there) for an oracle's weights. Nothing is flushed to zero here, and every step
 * is a loop over the weights. `batchSize`: of the steps, which determines a β₂ that is given by its half-life.
 */
export function oracleOptimizer(spec: OptimizerSpec, dimensions: number, batchSize: number): OracleOptimizer {
	const first = new Float64Array(dimensions);
	const second = new Float64Array(dimensions);
	let steps = 0;
	const update = updateOf(spec, batchSize);
	return {
		reset() {
			first.fill(0);
			second.fill(0);
			steps = 0;
		},
		save: () => ({ first, second, steps: Float64Array.of(steps) }),
		restore(saved) {
			restoreNumbers(saved, "first", first);
			restoreNumbers(saved, "second", second);
			const count = new Float64Array(1);
			restoreNumbers(saved, "steps", count);
			steps = count[0];
		},
		step(weights, gradient, learningRate) {
			steps++;
			for (let i = 0; i < dimensions; i++) weights[i] = update(weights[i], gradient[i], learningRate, first, second, i, steps);
		},
	};
}

/** The weight after an update; changes what is kept for it at `i`. */
type Update = (w: number, g: number, rate: number, first: Float64Array, second: Float64Array, i: number, t: number) => number;

function updateOf(spec: OptimizerSpec, batchSize: number): Update {
	const { name, weightDecay: decay = 0 } = spec;
	switch (name) {
		case "sgd": {
			const { momentum, nesterov } = spec;
			return (w, g, rate, velocity, _, i) => {
				const gradient = g + decay * w;
				velocity[i] = momentum * velocity[i] + gradient;
				return w - rate * (nesterov ? gradient + momentum * velocity[i] : velocity[i]);
			};
		}
		case "rmsprop": {
			const { momentum, smoothing, epsilon } = spec;
			return (w, g, rate, velocity, squares, i) => {
				const gradient = g + decay * w;
				squares[i] = smoothing * squares[i] + (1 - smoothing) * gradient * gradient;
				velocity[i] = momentum * velocity[i] + gradient / (Math.sqrt(squares[i]) + epsilon);
				return w - rate * velocity[i];
			};
		}
		case "adam":
		case "adamw": {
			const { beta1, epsilon } = spec;
			const beta2 = beta2Of(spec, batchSize) ?? 0;
			return (w, g, rate, means, squares, i, t) => {
				const gradient = name === "adam" ? g + decay * w : g;
				const kept = name === "adamw" ? (1 - rate * decay) * w : w;
				means[i] = beta1 * means[i] + (1 - beta1) * gradient;
				squares[i] = beta2 * squares[i] + (1 - beta2) * gradient * gradient;
				const root = Math.sqrt(squares[i]) / Math.sqrt(1 - power(beta2, t)) + epsilon;
				return kept - ((rate / (1 - power(beta1, t))) * means[i]) / root;
			};
		}
	}
}
