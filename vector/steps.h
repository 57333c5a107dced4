/* Several training steps, as src/engine/step-block.ts lays them out in the engine's memory, word by word. */
#ifndef SWEETSPOT_STEPS_H
#define SWEETSPOT_STEPS_H

#include <stdint.h>

/* SGD is what a pass does with its gradients. */
enum { SGD, NESTEROV, RMSPROP, ADAM, ADAMW };

/* Where things are in the engine's memory: see OptimizerOperation in src/engine/operation.ts. */
struct optimizer {
	int32_t kind;
	uint32_t settings, parameters, gradients;
	int32_t count;
	uint32_t means, squares, powers, numbers;
};

struct block {
	int32_t steps, taken;
	/* A struct program, whose rows, divisor and indices are set for every step; the first step's indices are there already. */
	uint32_t program;
	/* Whether a gradient is the mean over its rows. */
	int32_t mean;
	/* Of every step: its rows, its rate in double precision, and two doubles for what the loss adds up. */
	uint32_t rows, rates, totals;
	struct optimizer optimizer;
};

#endif
