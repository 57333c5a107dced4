/* A product of matrices with an epilogue, by addresses of this process. */
#ifndef SWEETSPOT_MULTIPLY_H
#define SWEETSPOT_MULTIPLY_H

#include "tile.h"

#define JOINED(name, width) sweetspot_##name##_##width
#define NAMED(name, width) JOINED(name, width)
#define MULTIPLY NAMED(multiply, WIDTH)

struct multiplication {
	int m, n, k;
	/* Element (i, p) of A lies at a + i·a_row + p·a_step. */
	const char *a;
	size_t a_row, a_step;
	/* k × n, or with `transposed` n × k, in rows of `ldb` bytes. */
	const char *b;
	size_t ldb;
	int transposed;
	char *c;
	size_t ldc;
	struct start begin;
	struct epilogue last;
	/* Scratch: see `scratchBytes` in kernels/gemm.ts. */
	char *packed_a, *packed_b, *rows;
};

void MULTIPLY(const struct multiplication *p);

#endif
