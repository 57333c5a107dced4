/**
 * What a study can record of a network in addition to its metrics, at the looks of reporting runs: how far the weights are from where they
 * began (Euclidean), how far that very step moved them, the length of its mini-batch's gradient (as reduced, before it is clipped), and, at
 * the look that first met the goal, the largest eigenvalue of the Hessian of the loss over the training look set.
 */
export const recordables = ["distance", "update", "gradient-norm", "sharpness"] as const;
export type Recordable = (typeof recordables)[number];

/** `distance`: over all parameters; `distance.2`: over those of the second layer that has any. */
export type RecordedName = Recordable | `${"distance" | "update"}.${number}`;

/** Whether a value of a look is one that was recorded, and no metric. */
export const isRecordedName = (name: string): boolean =>
	recordables.some((recorded) => name === recorded || (name.startsWith(`${recorded}.`) && /^\d+$/.test(name.slice(recorded.length + 1))));

/** What one look recorded. A number that isn't finite is absent. */
export type Recorded = Readonly<Partial<Record<RecordedName, number>>>;
