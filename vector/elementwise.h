/* Activation functions and their ways back over `bytes`, as kernels/activations.ts has them. */
#ifndef SWEETSPOT_ELEMENTWISE_H
#define SWEETSPOT_ELEMENTWISE_H

#include "functions.h"

#define EACH(to, bytes, value) \
	for (size_t i = 0; i < (bytes); i += WIDTH) put((to) + i, value, (int)(((bytes) - i) / 4))

enum { RELU = 1, LEAKY_RELU, TANH, SIGMOID, GELU };

INLINE vector bell_of(vector x) { return exp_of(x * x * -0.5f); }
INLINE vector gelu_of(vector x) { return x * normal_of(x, bell_of(x)); }
INLINE vector gelu_slope_of(vector x) {
	const vector bell = bell_of(x);
	return normal_of(x, bell) + x * 0.3989422804014327f * bell;
}
INLINE vector leaky(vector of, vector v, float slope) { return where(of > 0.0f, v, slope * v); }

static void activate(int function, const char *x, char *y, size_t stride, int rows, int width, float slope) {
	const size_t bytes = stride * (size_t)rows;
	switch (function) {
	case RELU: EACH(y, bytes, rectified(load(x + i))); break;
	case LEAKY_RELU: EACH(y, bytes, leaky(load(x + i), load(x + i), slope)); break;
	case TANH: EACH(y, bytes, tanh_of(load(x + i))); break;
	case GELU: EACH(y, bytes, gelu_of(load(x + i))); break;
	default:
		EACH(y, bytes, sigmoid_of(load(x + i)));
		if (width % 4 != 0) /* the sigmoid of 0 is not 0, and padding stays padding */
			for (char *row = y; row < y + bytes; row += stride)
				for (size_t at = (size_t)width * 4; at < stride; at += 4) *(scalar *)(row + at) = 0;
	}
}

static void activate_back(int function, const char *x, const char *y, const char *dy, char *dx, size_t bytes, float slope) {
	switch (function) {
	case RELU: EACH(dx, bytes, where_positive(load(dy + i), load(x + i))); break;
	case LEAKY_RELU: EACH(dx, bytes, leaky(load(x + i), load(dy + i), slope)); break;
	case TANH: EACH(dx, bytes, load(dy + i) * (1.0f - load(y + i) * load(y + i))); break;
	case SIGMOID: EACH(dx, bytes, load(dy + i) * (load(y + i) * (1.0f - load(y + i)))); break;
	default: EACH(dx, bytes, load(dy + i) * gelu_slope_of(load(x + i)));
	}
}

#endif
