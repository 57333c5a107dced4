/**
 * The published figures that ours stand next to, each as its source prints it. A figure that the source only draws is not here: what is
 * taken from such a chart is which of two runs is ahead.
 */
export const published = {
	/** McCandlish et al. 2018, table of critical batch sizes and noise scales: MNIST, both averaged over the training run. */
	mccandlish: { criticalBatchSize: 200, noiseScale: 900 },
	/** Masters & Luschi 2018, abstract: the sizes at which test performance was best, over CIFAR-10, CIFAR-100 and ImageNet. */
	masters: { from: 2, to: 32 },
	/** Keskar et al. 2017, table of test accuracies: network F1 on MNIST, batches of 256 and of a tenth of the data, Adam. */
	keskar: { small: 0.9803, large: 0.9781 },
	/**
	 * Hoffer et al. 2017, table of validation accuracies: network F1 on MNIST; `adapted`: square-root rate, ghost batches, as many steps as
	 * the small batch.
	 */
	hoffer: { small: 0.9827, large: 0.9705, adapted: 0.9853 },
	/** Shen 2018: test accuracy on MNIST with plain SGD, batches of 64 and 1,024 at rate 0.01, and of 1,024 at ten times that. */
	shen: { small: 0.98, large: 0.96, raised: 0.98 },
} as const;
