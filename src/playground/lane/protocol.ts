import type { Look } from "./look.js";
import type { LaneChange, LaneSettings, LaneTask } from "./settings.js";

/** What the page asks of a lane's worker. Messages take effect between two steps. */
export type ToLane =
	/** Begins anew at step 0. `file`: the bytes of the data, where they are a file's. */
	| {
			readonly kind: "start";
			readonly run: number;
			readonly task: LaneTask;
			readonly settings: LaneSettings;
			readonly changes: readonly LaneChange[];
			readonly file: Uint8Array | null;
	  }
	/** Trains until so many steps are taken, in all. */
	| { readonly kind: "run"; readonly until: number }
	| { readonly kind: "pause" }
	/** Goes on with other settings, after so many steps at the earliest: a branch retraces its steps first. */
	| { readonly kind: "change"; readonly id: number; readonly settings: LaneSettings; readonly from: number }
	/** Reports now, with the weights' SHA-256. `id` comes back. */
	| { readonly kind: "snapshot"; readonly id: number };

/** What is the same for all lanes of a task, for the page to draw. */
export interface LaneData {
	readonly width: number;
	readonly classes: number;
	readonly image: { readonly height: number; readonly width: number } | null;
	readonly train: { readonly features: Float32Array; readonly labels: Int32Array };
	readonly heldOut: { readonly features: Float32Array; readonly labels: Int32Array };
	readonly parameters: number;
	/** What `field` is over, in the data's plane: from the least to the largest x and y; null where the data have no plane. */
	readonly plane: Plane | null;
}

/** A square grid of `side`² points, row by row from the lowest y. */
export interface Plane {
	readonly side: number;
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
}

/** Why a lane's loss left the range of what is of use. */
export interface Trouble {
	readonly kind: "diverged" | "blown-up";
	readonly step: number;
	readonly settings: LaneSettings;
	/** λ_max where the loss was last sound; null where it could not be computed. */
	readonly sharpness: number | null;
}

/** Where a lane stands. */
export interface Report {
	readonly step: number;
	readonly examples: number;
	readonly seconds: number;
	readonly settings: LaneSettings;
	readonly loss: number;
	/** Since the last report. */
	readonly looks: readonly Look[];
	/** Weights at each of these looks, one row after the other. */
	readonly weights: Float32Array;
	/** |∇| of the last mini-batches, oldest first. */
	readonly norms: Float32Array;
	/** Places in the training set of the last mini-batch. */
	readonly batch: Int32Array;
	/** For each point of the plane, or for each example that is shown, the class and how sure the network is of it: class + probability/2. */
	readonly field: Float32Array;
	/** B_simple, in examples; null where the gradient is lost in its noise. */
	readonly noiseScale: number | null;
	readonly trouble: Trouble | null;
	/** Whether it waits for the page. */
	readonly isIdle: boolean;
}

/** What a lane's worker says. `run`: of the start that it belongs to. */
export type FromLane =
	| { readonly kind: "ready"; readonly run: number; readonly data: LaneData; readonly report: Report }
	| { readonly kind: "report"; readonly run: number; readonly report: Report }
	/** A change takes effect after so many steps; the report that came just before has where the lane is. */
	| { readonly kind: "changed"; readonly run: number; readonly id: number; readonly step: number }
	| { readonly kind: "snapshot"; readonly run: number; readonly id: number; readonly step: number; readonly sha256: string }
	| { readonly kind: "failed"; readonly run: number; readonly message: string; readonly fix: string };
