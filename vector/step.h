/*
 * A network as src/engine/step-program.ts lays it out in the engine's memory, word by word, and what is asked of it. Addresses, distances and
 * strides in bytes.
 */
#ifndef SWEETSPOT_STEP_H
#define SWEETSPOT_STEP_H

#include "multiply.h"
#include <stdint.h>

/* Kinds of layers; the others are functions of elementwise.h. */
enum { DENSE };
/* Of a dense layer: whether a ReLU behind it is part of it, and one before it. */
enum { RECTIFIES = 1, IS_RECTIFIED = 2 };

struct layer {
	int32_t kind;
	/* 0: the network's input, which may lie in a set. */
	uint32_t input;
	/* 0: not wanted. */
	uint32_t input_gradient;
	uint32_t input_stride, output, output_gradient, output_stride;
	int32_t inputs, outputs;
	uint32_t parameters, gradients;
	int32_t rectifying;
	float slope;
};

enum { SOFTMAX_CROSS_ENTROPY, BINARY_CROSS_ENTROPY, SQUARED_ERROR };

struct loss {
	int32_t kind;
	uint32_t outputs, gradient, stride;
	int32_t width;
	uint32_t sums, totals;
	float smoothing;
};

/* Of a gradient: `gradientSinks` in src/engine/kernels.ts. */
enum { REPLACE, ADD, APPLY };

struct program {
	uint32_t layers;
	int32_t count;
	uint32_t loss;
	/* Where kernels/vector.ts keeps what products and descents need. */
	uint32_t request;
	uint32_t gathered_rows, gathered_truth;
	/* What is asked for. `training` 0: forward and the loss alone. */
	int32_t rows, training, divisor, sink;
	uint32_t features, features_stride, truth, truth_stride;
	/* Places in the set; 0: its first ones. */
	uint32_t indices;
	/* 0, or a double for each row, to which the squared norm of its gradient is added, times the square of a divisor. */
	uint32_t norms;
	int32_t norms_divisor;
};

/* A forward pass, and a backward pass where it is asked for. */
#define STEP NAMED(step, WIDTH)
void STEP(char *memory, uint32_t at);

#endif
