import { z } from "zod";

/** The keys of a workload that say how weights are updated, as its author writes them; `descent.ts` turns them into what a study has. */

const positive = z.int().min(1);
const momentum = z.number().min(0).lt(1);
/** Added to the root of a mean of squares. What the kernels add to avoid denormals is negligible compared with it. */
const epsilon = z.number().min(1e-8).default(1e-8);
/** Absent where there is none. */
const weightDecay = z.number().min(0).optional();

/** Instead of β₂: the number of examples after which half of the mean of squares is left, at any batch size. */
const halfLife = z.strictObject({ halfLife: z.number().positive() });
const adam = { beta1: momentum.default(0.9), beta2: z.union([momentum, halfLife]).default(0.999), epsilon };

export const optimizer = z.discriminatedUnion("name", [
	z.strictObject({ name: z.literal("sgd"), momentum: momentum.default(0), nesterov: z.boolean().optional(), weightDecay }),
	z.strictObject({
		name: z.literal("rmsprop"),
		smoothing: momentum.default(0.99),
		momentum: momentum.default(0),
		epsilon,
		weightDecay,
	}),
	z.strictObject({ name: z.literal("adam"), ...adam, weightDecay }),
	z.strictObject({ name: z.literal("adamw"), ...adam, weightDecay: z.number().min(0).default(0.01) }),
]);

/** Their names, as an error lists them. */
export const optimizerWords = optimizer.options
	.map(({ shape }) => `\`${shape.name.value}\``)
	.join(", ")
	.replace(/, (?=[^,]*$)/, " or ");

/** What a mini-batch gradient goes through before the optimizer has it. */
export const gradient = z.strictObject({
	clipNorm: z.number().positive().optional(),
	noise: z.strictObject({ variance: z.number().positive(), decay: z.number().min(0).default(0.55) }).optional(),
});

const places = <T extends z.ZodType>(place: T) => z.union([place, z.array(place).min(1)]);
const epochs = z.number().positive();

/** Of the length that is planned for a trial: then only the ends of trials count. */
const horizon = z.number().positive().max(1);

const inEither = <T extends z.ZodRawShape>(shape: T) =>
	z.union([
		z.strictObject({ ...shape, steps: positive }),
		z.strictObject({ ...shape, examples: positive }),
		z.strictObject({ ...shape, epochs }),
		z.strictObject({ ...shape, horizon }),
	]);
const marksInEither = <T extends z.ZodRawShape>(shape: T) =>
	z.union([
		z.strictObject({ ...shape, steps: places(positive) }),
		z.strictObject({ ...shape, epochs: places(epochs) }),
		z.strictObject({ ...shape, horizon: places(horizon) }),
	]);

export const schedule = z.strictObject({
	warmUp: inEither({}).optional(),
	learningRate: z
		.union([
			z.literal("constant"),
			z.strictObject({ step: marksInEither({ factor: z.number().positive() }) }),
			z.strictObject({ cosine: inEither({ to: z.number().min(0).max(1).default(0) }) }),
			z.strictObject({ linear: inEither({ to: z.number().min(0).max(1).default(0) }) }),
			z.strictObject({
				"stable-decay": z.strictObject({ cooldown: horizon.default(0.2), to: z.number().min(0).max(1).default(0) }),
			}),
			z.strictObject({ "inverse-square-root": inEither({}) }),
		])
		.optional(),
	batchSize: z
		.union([
			z.literal("constant"),
			z.strictObject({ step: marksInEither({ factor: z.number().positive() }) }),
			z.strictObject({ doubling: inEither({}) }),
		])
		.optional(),
});
