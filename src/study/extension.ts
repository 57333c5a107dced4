/**
 * Trials that a study was granted after it had ended without a decision. It belongs to the stored study, not to the question: the study's
 * hash stays, and the digest is equal for an equal study with equal extensions.
 */
export interface Extension {
	/** More reporting runs at this size; null: more trials for the study's budget. */
	readonly batchSize: number | null;
	readonly trials: number;
}

/** The study's budget of trials with what it was granted since; null: no limit. */
export const trialsBudget = (budget: number | null, extensions: readonly Extension[]): number | null =>
	budget === null ? null : extensions.reduce((sum, { batchSize, trials }) => (batchSize === null ? sum + trials : sum), budget);

/** Trials granted in all. */
export const totalGranted = (extensions: readonly Extension[]): number => extensions.reduce((sum, { trials }) => sum + trials, 0);

/** Reporting runs wanted at a batch size, of a block of this many. */
export const reportingWanted = (block: number, extensions: readonly Extension[], batchSize: number): number =>
	extensions.reduce((sum, extension) => (extension.batchSize === batchSize ? sum + extension.trials : sum), block);
