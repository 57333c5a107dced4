/* What the engine asks for; written into its memory by kernels/vector.ts, field by field: struct request. Addresses and strides in bytes. */
#ifndef SWEETSPOT_PRODUCT_H
#define SWEETSPOT_PRODUCT_H

#include <stdint.h>

enum { FROM_ZERO, FROM_C, FROM_BIAS };
enum { STORE, RECTIFY, MASK, DESCEND };

struct product {
	int32_t m, n, k;
	uint32_t a, a_row, a_step;
	uint32_t b, ldb;
	int32_t transposed;
	uint32_t c, ldc;
	int32_t from;
	uint32_t bias;
	int32_t kind;
	/* Bytes from an element of C to the mask's, the velocity and the parameter. */
	uint32_t to_mask, to_velocity, to_parameters;
	float rate, momentum, decay;
	/* For packed A and B, and for whole rows of a product: see `scratchBytes` in kernels/gemm.ts. */
	uint32_t packed_a, packed_b, rows;
};

/* How gradients are used up: distances from the gradient block. */
struct descent {
	uint32_t to_velocity, to_parameters;
	float rate, momentum, decay;
};

struct request {
	struct product product;
	uint32_t unused;
	struct descent descent;
};

#endif
