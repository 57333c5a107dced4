import { Rng } from "../../core/rng.js";
import type { Phase } from "../../core/trial.js";

/** The 32-bit seed of a phase's run: the same for every batch size and rate, so that runs are compared in pairs. */
export const seedOf = (studySeed: number, phase: Phase, index: number): number =>
	Rng.fromSeed(studySeed).split(phase).split(index).uint32();
