import type { Recordable, Recorded, RecordedName } from "../../core/recorded.js";
import type { Rng } from "../../core/rng.js";
import type { Engine } from "../../engine/engine.js";
import type { ExampleSet } from "../../engine/example-set.js";
import type { Hessian } from "../../engine/hessian/hessian.js";
import { largestEigenvalue } from "../../engine/hessian/largest-eigenvalue.js";
import type { Network } from "../../engine/network.js";
import type { TrainingStep } from "../../engine/training-step.js";
import type { WeightMotion } from "../../engine/weight-motion.js";
import type { Recorder } from "../machinery.js";

/** A network and what its trials train it with. */
interface Trained {
	readonly engine: Engine;
	readonly network: Network;
	/** The training step that also measures the gradient's norm. */
	readonly measuringStep: () => TrainingStep;
	/** The examples over which the loss's curvature is taken. */
	readonly curvatureSet: ExampleSet;
}

/** Records what was asked for, at no cost for anything else. The trial stays the same to the bit. */
export class NetworkRecorder implements Recorder {
	readonly #motion: WeightMotion | null;
	readonly #hessian: Hessian | null;
	readonly #measuring: TrainingStep | null;
	readonly #curvatureSet: ExampleSet;
	#due = false;

	constructor(
		private readonly asked: readonly Recordable[],
		{ engine, network, measuringStep, curvatureSet }: Trained,
	) {
		this.#motion = asked.includes("distance") || asked.includes("update") ? engine.weightMotion(network) : null;
		this.#hessian = asked.includes("sharpness") ? engine.hessian(network) : null;
		this.#measuring = asked.includes("gradient-norm") ? measuringStep() : null;
		this.#curvatureSet = curvatureSet;
	}

	/** The initial weights: part of a checkpoint; empty unless distances are recorded. */
	get start(): Float32Array {
		return this.#motion?.start ?? new Float32Array();
	}

	/** Takes the current weights as the start of the trial. */
	begin(): void {
		this.#due = false;
		this.#motion?.begin();
	}

	before(): void {
		this.#due = true;
		this.#motion?.mark();
	}

	/** The next step if it is to be measured; else null. */
	get step(): TrainingStep | null {
		return this.#due ? this.#measuring : null;
	}

	after(atGoal: Rng | null): Recorded | null {
		this.#due = false;
		const recorded: Partial<Record<RecordedName, number>> = {};
		const keep = (name: RecordedName, value: number) => {
			if (Number.isFinite(value)) recorded[name] = value;
		};
		const motion = this.#motion?.measure();
		for (const name of ["distance", "update"] as const) {
			if (!motion || !this.asked.includes(name)) continue;
			keep(name, motion[name]);
			for (const [i, layer] of motion.layers.entries()) keep(`${name}.${i + 1}`, layer[name]);
		}
		if (this.#measuring) keep("gradient-norm", Math.sqrt(this.#measuring.report.squaredNorm));
		if (this.#hessian && atGoal) keep("sharpness", this.#sharpness(this.#hessian, atGoal));
		return Object.keys(recorded).length > 0 ? recorded : null;
	}

	#sharpness(hessian: Hessian, rng: Rng): number {
		const set = this.#curvatureSet;
		return largestEigenvalue((vector) => hessian.times(set, vector).product, hessian.parameterCount, rng).value;
	}
}
