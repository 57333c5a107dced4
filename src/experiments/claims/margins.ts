/**
 * The margins that claims are held against: written down before the runs that they judge, and committed on their own. A change here is a
 * new question, to be put to seeds that have judged nothing yet.
 *
 * Every one of them had judged the runs of seed 0 when this file was first written, so none is new to those runs. Claims with more than one
 * cell in the ledger are therefore judged on the seeds of the experiment `conditions`, which no margin had seen.
 *
 * Those of `gradientNorm`, `distance`, `learningRate` and `generalization` also judge the runs on all of Fashion-MNIST
 * (../article-size.ts). They were not changed for them: settings and seeds were committed before the first of these runs.
 */
export const margins = {
	/** `accuracy`: accuracies that differ by less are the same for a reader; "about 80 %" is within `about` of 0.80. */
	flavors: { accuracy: 0.02, about: 0.05 },
	/** `accuracy`: as above; `right`: a rule is of use that is right nine times in ten. */
	learningCurves: { accuracy: 0.02, right: 0.9 },
	/**
	 * `path`: runs that end nearer to each other than this share of the way took the same path, such as lie farther apart did not. `ratio`:
	 * norms differ if one is this many times the other. `slope`: a slope is 1 within this.
	 */
	gradientNorm: { path: 1e-3, ratio: 1.1, slope: 0.1 },
	/**
	 * `farther`: one lies farther out than the other if its distance is this many times as large. `slope`: distances rise with the batch size
	 * if log distance does so by this much for a unit of log batch size (4 % for a doubling). `equal`: distances within this factor are
	 * equal.
	 */
	distance: { farther: 1.1, slope: 0.05, equal: 1.1 },
	/** `restored`: the large batch has gone as far as the reference if it has gone this share of its way. `accuracy`: two points. */
	learningRate: { restored: 0.9, accuracy: 0.02 },
	/** Two points of test accuracy, as everywhere; to rank higher or beat both ends it takes no more than to be ahead. */
	generalization: { accuracy: 0.02, ahead: 0 },
	/**
	 * `reached`: the optimum is reached when a millionth of the initial distance is left, as a decimal logarithm. `slope`: examples rise with
	 * B if their slope on logarithmic axes is above this. `collapse`: radii within this factor are equal. `harm`: validation errors that
	 * differ by less, a share of the examples, are the same.
	 */
	convex: { reached: -6, slope: 0.1, collapse: 1.1, harm: 0.01 },
	/**
	 * `pays`: the claim's own twice. `faster`: a quarter more, the tolerance of our studies. `slope`: how far from −1 the slope may lie at
	 * small sizes, and from 0 at large ones. `prediction`: the claim's own factor of two.
	 */
	iterations: { pays: 2, faster: 1.25, slope: 0.25, prediction: 2 },
	/** Examples per second "rise" where 32 gives half as much again as 1; doubling pays where it raises them by at least a tenth. */
	throughput: { pays: 1.1, rises: 1.5 },
	/**
	 * `accuracy`: early stopping is of use if it gains two points, the difference that counts everywhere. `inflation`: a set may serve for
	 * choosing and scoring alike if that flatters by less than half as much.
	 */
	stopping: { accuracy: 0.02, inflation: 0.01 },
	/**
	 * `rise`: a rise above this, in parts of the untrained network's loss, is over-fitting, as in the rule that reads learning curves.
	 * `peak`: an effect peaks at a batch size between the ends if it is larger there by more than this than at both.
	 */
	regularization: { rise: 0.05, peak: 0.01 },
	/** Sharper is a quarter more, by both measures. Keskar et al. (2017) report a hundred times as much. */
	sharpness: { sharper: 1.25 },
	/**
	 * `loss`: held-out losses within this factor are the same; where the decay itself changes it by less, there is nothing to compare.
	 * `accuracy`: two points, as everywhere; where the large batch lacks less, there is nothing to recover.
	 */
	schedules: { loss: 1.1, accuracy: 0.02 },
} as const;
