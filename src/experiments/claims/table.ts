/** A claim of the articles on batch size, as a statement that an experiment can test. */
export interface Claim {
	readonly statement: string;
	/** A definition or exact identity, checked as an invariant. */
	readonly definition: boolean;
	/**
	 * For what is contradicted elsewhere in the articles, or false as commonly put: why it was believed all the same, and the contrary too.
	 * Null for what no one disputes.
	 */
	readonly believed: string | null;
	/** Id of the experiment that tests it. */
	readonly experiment: string;
}

const claim = (experiment: string, statement: string, believed: string | null = null): Claim => ({
	statement,
	definition: false,
	believed,
	experiment,
});
const definition = (experiment: string, statement: string, believed: string | null = null): Claim => ({
	statement,
	definition: true,
	believed,
	experiment,
});

/**
 * C1 to C44, in the order of the articles; C32 and C39, which join two statements, are split. K: epochs; η: learning rate; d: distance from
 * the initial weights; δ: a margin fixed before looking.
 */
export const claims = {
	C1: definition("flavors", "Batch size is the number of examples per update."),
	C2: definition(
		"flavors",
		"B = N is batch, B = 1 stochastic, and anything between mini-batch gradient descent.",
		"“SGD” names all three in libraries and papers alike; the arithmetic tells them apart, the word doesn't.",
	),
	C3: definition("flavors", "An epoch is made of disjoint random batches: each example exactly once."),
	C4: definition("flavors", "K epochs are K·⌈N/B⌉ updates: fewer for a larger batch."),
	C5: claim(
		"gradient-norm",
		"The loss may be summed or averaged over the batch: ∇sum = B·∇mean, and plain SGD takes the same path if and only if η_sum = η_mean/B.",
		"Both are in use, and with a fixed batch size a learning rate hides the difference; it shows when the batch size changes, and in a partial last batch.",
	),
	C6: definition("flavors", "The mini-batch accuracy reported at a step is that batch's at that step."),
	C7: definition("flavors", "Training minimizes a cost over many weights by some variant of mini-batch gradient descent."),
	C8: claim("iterations", "Full batches don't pay on larger data: examples-to-target at B = N is at least twice that at B = 32."),
	C9: claim(
		"generalization",
		"Batch size is among the most important hyperparameters: its main effect ranks in the top two of a crossed design with rate, momentum and width.",
		"At a fixed rate it moves the result a lot; once the rate is tuned at each batch size, most of that is gone.",
	),
	C10: claim("throughput", "Examples per second rise with the batch size, then level off."),
	C11: claim("learning-curves", "Learning curves tell under-, over- and well-fitted runs apart: at least 90 % right on constructed cases."),
	C12: claim(
		"stopping",
		"The test set may serve as validation set.",
		"With one set fewer to hold out it is convenient, and the harm is small on large sets; choosing the epoch or the batch size on it still inflates its score.",
	),
	C13: claim("flavors", "Blobs, full batch: about 80 % accuracy near epoch 100."),
	C14: claim(
		"flavors",
		"A batch of one learns faster: 80 % by epoch 25.",
		"In epochs it does, at a rate small enough; counted in updates the order is reversed, and at the larger rate it doesn't settle at all.",
	),
	C15: claim("learning-curves", "Accuracy at epoch 50 is within δ of that at epoch 200."),
	C16: definition("flavors", "32 is the customary default, a mini-batch."),
	C17: claim(
		"convex",
		"On a convex problem the full batch converges to the global optimum.",
		"It is a theorem, under conditions that the advice leaves out: an optimum must exist, and the rate must be below 2/λmax.",
	),
	C18: claim(
		"convex",
		"…but more slowly: examples to a loose target rise with the batch size.",
		"Counted in examples to a loose target it is so; counted in steps, or to a tight target, the order turns.",
	),
	C19: claim(
		"convex",
		"Small batches stay outside an ε-ball around the optimum, set by B/N.",
		"B/N looks natural when N is fixed; varying N at fixed B and at fixed B/N shows which of the two sets the radius.",
	),
	C20: claim("convex", "Hovering around the optimum does no harm: the excess validation error stays below δ."),
	C21: claim("iterations", "Tug-of-war: time-to-target has a minimum at some batch size between one and all."),
	C22: claim(
		"iterations",
		"On non-convex problems smaller batches train faster.",
		"Per epoch they make more updates; per step a larger batch makes the better one.",
	),
	C23: claim(
		"generalization",
		"Too large a batch generalizes worse, by more than δ.",
		"At equal epochs a large batch makes fewer steps, and at an untuned rate too short ones: it looks worse because it is trained less.",
	),
	C24: claim(
		"generalization",
		"A batch of one works poorly.",
		"At a rate that suits larger batches, as on the digits, it does; at one that is low enough for it, as on Fashion-MNIST, it is slow rather than poor.",
	),
	C25: claim("generalization", "Some batch size between one and all beats both ends."),
	C26: claim("sharpness", "Large-batch solutions are sharper."),
	C27: claim("learning-rate", "At B = 1,024, raising η tenfold restores the distance travelled."),
	C28: claim(
		"distance",
		"The best solutions lie farther out than a large batch can travel, at fixed η and K.",
		"At a fixed rate and number of epochs the distance is bounded by the few steps there are; neither has to be fixed.",
	),
	C29: claim(
		"distance",
		"At equal examples seen, larger batches travel farther.",
		"With gradients summed over the batch they do; averaged, as is usual, they travel less far, which is what C28 says.",
	),
	C30: claim("distance", "At equal steps the distance doesn't depend on the batch size (within 10 %)."),
	C31: claim(
		"gradient-norm",
		"The gradient norm grows with the batch size.",
		"The norm of the sum does; the norm of the mean falls towards that of the full gradient. A chart that doesn't say which can show either.",
	),
	C32a: claim(
		"gradient-norm",
		"The gradient norm shrinks with the batch size …",
		"The mean's does, since noise averages out; the sum's doesn't.",
	),
	C32b: claim(
		"gradient-norm",
		"… because examples compete.",
		"Examples that disagree cancel, which looks like competition; so do draws that have nothing to do with each other, and just as much.",
	),
	C33: claim(
		"gradient-norm",
		"The squared gradient norm is linear in the batch size.",
		"The sum's is, as long as noise dominates (B far below the noise scale); beyond, it is quadratic. The mean's isn't at all.",
	),
	C34: claim("gradient-norm", "Gradient norms are larger after 2 epochs than after 30, at every batch size."),
	C35: definition(
		"gradient-norm",
		"The mean norm of 1,000 batches is drawn with its variance as error bar.",
		"Both measure scatter. But a variance has the unit of the square: next to a norm only the standard deviation can be drawn.",
	),
	C36: claim(
		"distance",
		"The gradient norm is the distance from the start.",
		"After one plain step it is, times η; after several the steps partly cancel.",
	),
	C37: definition("stopping", "Stop when the target is reached, or when nothing improves any more."),
	C38: claim("regularization", "Training too long overfits: the final validation loss exceeds its minimum by δ."),
	C39a: claim("regularization", "Noise, dropout, or batch normalization with a moderate batch prevents overfitting …"),
	C39b: claim("regularization", "… and the effect of batch normalization peaks at a batch size between the ends."),
	C40: claim(
		"stopping",
		"Early stopping is no longer needed: with a regularizer it gains less than δ, without one at least δ.",
		"A regularizer makes the curve flat where it used to rise; how flat depends on how long one trains.",
	),
	C41: claim("iterations", "The title: steps against batch size fall with slope −1, bend, and flatten."),
	C42: claim("schedules", "An increase of the batch size does what a decay of the learning rate does."),
	C43: claim("schedules", "A large-batch run isn't stuck: switching to a small batch or a larger rate recovers."),
	C44: claim("iterations", "The gradient noise scale predicts the critical batch size within a factor of two."),
} as const satisfies Readonly<Record<string, Claim>>;

export type ClaimId = keyof typeof claims;

export const claimIds = Object.keys(claims) as readonly ClaimId[];
