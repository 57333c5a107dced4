/** How far a trial has come. */
export interface Position {
	/** Steps taken. */
	readonly steps: number;
	/** Examples used. */
	readonly examples: number;
	/** The same, in units of the training set's N: with partial last batches kept, whole numbers are ends of epochs. */
	readonly epochs: number;
	/** Steps taken, in units of those that are planned. */
	readonly horizon: number;
}

/** A length of training: in steps, in examples, in epochs, or as a share of the trial's planned length. */
export type Span = { readonly steps: number } | { readonly examples: number } | { readonly epochs: number } | { readonly horizon: number };

/** Marks along the way, in steps, in epochs or in shares of the planned length: one at every multiple of a number, or a list of places. */
export type Marks =
	| { readonly steps: number | readonly number[] }
	| { readonly epochs: number | readonly number[] }
	| { readonly horizon: number | readonly number[] };

/** The position as a multiple of the span. */
export function inUnitsOf(span: Span, { steps, examples, epochs, horizon }: Position): number {
	if ("steps" in span) return steps / span.steps;
	if ("examples" in span) return examples / span.examples;
	return "epochs" in span ? epochs / span.epochs : horizon / span.horizon;
}

/** How many marks lie at or before the position. */
export function marksPassed(marks: Marks, { steps, epochs, horizon }: Position): number {
	const [at, place] =
		"steps" in marks ? [marks.steps, steps] : "epochs" in marks ? [marks.epochs, epochs] : ([marks.horizon, horizon] as const);
	if (typeof at === "number") return Math.floor(place / at);
	let passed = 0;
	for (const mark of at) if (mark <= place) passed++;
	return passed;
}
