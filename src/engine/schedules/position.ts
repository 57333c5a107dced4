/** How far a trial has come. */
export interface Position {
	/** Steps taken. */
	readonly steps: number;
	/** Examples used, in units of the training set's N: with partial last batches kept, whole numbers are ends of epochs. */
	readonly epochs: number;
}

/** A length of training, in steps or in epochs. */
export type Span = { readonly steps: number } | { readonly epochs: number };

/** Marks along the way, in steps or in epochs: one every so many, or a list of places. */
export type Marks = { readonly steps: number | readonly number[] } | { readonly epochs: number | readonly number[] };

/** The position as a multiple of the span. */
export const inUnitsOf = (span: Span, { steps, epochs }: Position): number => ("steps" in span ? steps / span.steps : epochs / span.epochs);

/** How many marks lie at or before the position. */
export function marksPassed(marks: Marks, { steps, epochs }: Position): number {
	const [at, place] = "steps" in marks ? [marks.steps, steps] : [marks.epochs, epochs];
	if (typeof at === "number") return Math.floor(place / at);
	let passed = 0;
	for (const mark of at) if (mark <= place) passed++;
	return passed;
}
