/**
 * Seconds per step at one batch size, measured alone on the machine, interleaved with the other sizes; of a training script, by its runs'
 * own clock.
 */
export interface StepTime {
	readonly batchSize: number;
	/** Seconds per step of each pass over the sizes: paired across sizes by place, so that resampling keeps the machine's drift together. */
	readonly passes: readonly number[];
	/** Present where the passes are whole runs, counted from the start of their process. */
	readonly startUp?: boolean;
}

/** Frozen with the study: every later figure in seconds comes from here. */
export interface Calibration {
	/** Where it was taken: processor, cores, Node version, backend. */
	readonly machine: string;
	readonly stepTimes: readonly StepTime[];
}
