/*
 * Several training steps in one call, to the bits of the same steps taken one by one: see src/engine/step-block.ts. It ends at the first
 * loss that isn't finite, after that step, as a training does.
 */
#include "multiply.h"
#include "optimizers.h"
#include "step.h"

/* What is asked for at an address of the engine's memory: struct block. */
__attribute__((visibility("default"))) void NAMED(steps, WIDTH)(char *memory, uint32_t at) {
	struct block *const block = (struct block *)(memory + at);
	struct program *const program = (struct program *)(memory + block->program);
	struct descent *const descent = &((struct request *)(memory + program->request))->descent;
	const double *const losses = (const double *)(memory + ((const struct loss *)(memory + program->loss))->totals);
	const int32_t *const rows = (const int32_t *)(memory + block->rows);
	const double *const rates = (const double *)(memory + block->rates);
	double *const totals = (double *)(memory + block->totals);
	for (int i = block->taken = 0; i < block->steps; i = block->taken) {
		program->rows = rows[i];
		program->divisor = block->mean ? rows[i] : 1;
		descent->rate = (float)rates[i];
		STEP(memory, block->program);
		optimize(memory, &block->optimizer, rates[i]);
		totals[2 * i] = losses[0];
		totals[2 * i + 1] = losses[1];
		program->indices += 4 * (uint32_t)rows[i];
		block->taken++;
		if (losses[0] - losses[0] != 0) return;
	}
}
