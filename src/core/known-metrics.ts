/** `batch.*`: the mini-batch of that very step, at the weights before its update. The others: a whole set, at the weights after it. */
export const metricNames = [
	"batch.loss",
	"batch.accuracy",
	"train.loss",
	"train.accuracy",
	"validation.loss",
	"validation.accuracy",
	"test.loss",
	"test.accuracy",
] as const;

/** A metric whose meaning is known: of these, a loss is a number and an accuracy a share from 0 to 1. */
export type MetricName = (typeof metricNames)[number];

/** Values by their metrics' names: those that are known, and those of the user's own, such as `f1` (see `metric-names.ts`). */
export type Metrics = Readonly<Partial<Record<string, number>>>;
