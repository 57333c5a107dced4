/*
 * Prints a number for what the kernels compute from fixed numbers. Compiled for several widths and platforms, all must print the same: see
 * scripts/compare-vectors.ts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "product.h"
#include "step.h"
#include "steps.h"

void NAMED(product, WIDTH)(char *memory, uint32_t at);
void NAMED(steps, WIDTH)(char *memory, uint32_t at);

#define BYTES (1 << 24)
/* Where scratch lies, as much as kernels/gemm.ts has, and what is asked for. */
enum { REQUEST = 64, PROGRAM = 512, BLOCK = 768, LAYERS = 1024, LOSS = 2048, PACE = 3072, TOTALS = 4096, SCRATCH = 1 << 20, DATA = 4 << 20, HALF = 2 << 20 };

static char *memory;
static uint32_t state;
static uint64_t hash;

static uint32_t drawn(void) {
	state = state * 1664525u + 1013904223u;
	return state >> 8;
}

/* Numbers between −4 and 4, with zeros of both signs and denormal numbers among them; `odd`: infinities and NaN as well. */
static void fill(uint32_t seed, int odd) {
	static const float small[] = {0, -0.0f, 0x1p-149f, -0x1p-149f, 0x1p-127f, 0x1p-126f, 0x1p-75f, -0x1p-63f, 0x1p-81f, -0x1p-126f};
	static const float oddities[] = {__builtin_inff(), -__builtin_inff(), __builtin_nanf("")};
	state = seed * 0x9e3779b1u;
	float *const floats = (float *)(memory + DATA);
	for (int i = 0; i < (BYTES - DATA) / 4; i++) {
		const uint32_t draw = drawn(), choice = drawn();
		floats[i] = odd && draw % 4001 == 0 ? oddities[choice % 3] : draw % 13 == 0 ? small[choice % 10] : 8 * ((float)choice / 0x1p24f - 0.5f);
	}
}

/* Any NaN counts as any other. */
static void take(const void *from, size_t bytes) {
	for (size_t i = 0; i < bytes; i += 4) {
		uint32_t word;
		memcpy(&word, (const char *)from + i, 4);
		if ((word & 0x7fffffff) > 0x7f800000) word = 0x7fc00000;
		hash = (hash ^ word) * 0x100000001b3u;
	}
}

static struct request *request(void) { return (struct request *)(memory + REQUEST); }

static void products(void) {
	static const int sides[] = {1, 2, 3, 4, 5, 9, 13, 17, 33, 50, 71, 130, 260};
	for (int i = 0; i < 600; i++) {
		if (i % 50 == 0) fill((uint32_t)i, i % 100 == 0);
		const int form = i % 3, m = sides[drawn() % 13], n = sides[drawn() % 13], k = sides[drawn() % 13];
		const uint32_t mp = (uint32_t)(m + 3) / 4 * 16, kp = (uint32_t)(k + 3) / 4 * 16, line = 4 * (uint32_t)n;
		struct product p = request()->product;
		p.m = m, p.n = n, p.k = k;
		p.a = DATA, p.a_row = form == 2 ? 4 : kp, p.a_step = form == 2 ? mp : 4;
		p.b = DATA + HALF, p.transposed = form == 1, p.ldb = form == 1 ? 4 * (uint32_t)k : line;
		p.c = DATA + 2 * HALF, p.ldc = line + (form == 2 ? 0 : 4 * (drawn() % 4)), p.bias = DATA + 5 * HALF;
		p.to_mask = HALF, p.to_velocity = HALF, p.to_parameters = 2 * HALF;
		p.rate = 0.125f, p.momentum = 0.9f, p.decay = 0.01f;
		p.from = form == 0 ? (int)(drawn() % 3) : FROM_ZERO;
		p.kind = drawn() % 2 == 0 ? STORE : form == 0 ? RECTIFY : form == 1 ? MASK : DESCEND;
		request()->product = p;
		NAMED(product, WIDTH)(memory, REQUEST);
		if (p.kind != DESCEND) take(memory + p.c, (size_t)(m - 1) * p.ldc + line);
		else
			for (uint32_t of = p.to_velocity; of <= p.to_parameters; of += p.to_velocity) take(memory + p.c + of, (size_t)m * line);
		/* A gradient that was used up may leave anything in its own place. */
		if (p.kind == DESCEND) memset(memory + p.c, 0, (size_t)m * line);
	}
}

/* Two steps of a dense layer, a function and a dense layer, under each loss, with each optimizer. */
static void passes(void) {
	for (int i = 0; i < 300; i++) {
		if (i % 25 == 0) fill((uint32_t)(1000 + i), i % 100 == 0);
		const int kind = i % 3, rows = 1 + (int)(drawn() % 40), inputs = 1 + (int)(drawn() % 40), hidden = 1 + (int)(drawn() % 60);
		const int outputs = kind == BINARY_CROSS_ENTROPY ? 1 : 2 + (int)(drawn() % 20), function = 1 + i % 5;
		const uint32_t x = (uint32_t)(inputs + 3) / 4 * 16, h = (uint32_t)(hidden + 3) / 4 * 16, y = (uint32_t)(outputs + 3) / 4 * 16;
		const uint32_t first = 0x100000, second = first + 4 * (uint32_t)(inputs * hidden + hidden);
		const uint32_t count = second - first + 4 * (uint32_t)(hidden * outputs + outputs);
		/* Parameters, gradients and velocities, then what flows between the layers, in pieces of 64 kB. */
		const uint32_t parameters = DATA, gradients = DATA + HALF, velocities = DATA + 2 * HALF, flow = DATA + 3 * HALF, piece = 1 << 16;
		memset(memory + flow, 0, 8 * piece);
		const uint32_t to_second = second - first;
		const struct layer layers[] = {
			{DENSE, 0, 0, x, flow, flow + piece, h, inputs, hidden, parameters, gradients, 0, 0},
			{function, flow, flow + piece, h, flow + 2 * piece, flow + 3 * piece, h, hidden, hidden, 0, 0, 0, 0.1f},
			{DENSE, flow + 2 * piece, flow + 3 * piece, h, flow + 4 * piece, flow + 5 * piece, y, hidden, outputs, parameters + to_second,
			 gradients + to_second, 0, 0},
		};
		const struct loss loss = {kind, flow + 4 * piece, flow + 5 * piece, y, outputs, flow + 6 * piece, TOTALS, i % 4 == 0 ? 0.1f : 0};
		const uint32_t indices = flow + 8 * piece, labels = indices + piece, gathered = labels + piece, set = DATA + 5 * HALF;
		for (int r = 0; r < 64; r++) {
			((uint32_t *)(memory + indices))[r] = drawn() % 64;
			((int32_t *)(memory + labels))[r] = (int32_t)(drawn() % (uint32_t)(outputs == 1 ? 2 : outputs));
		}
		const int squares = kind == SQUARED_ERROR, sink = i % 2 == 0 ? APPLY : REPLACE;
		const struct program program = {
			LAYERS, 3, LOSS, REQUEST, gathered, gathered + piece, rows, 1, rows, sink, set, x, squares ? set : labels, squares ? y : 4, indices,
			TOTALS + 64, rows
		};
		request()->descent = (struct descent){velocities - gradients, parameters - gradients, 0.125f, 0.9f, 0.01f};
		const int others = sink == APPLY ? 64 - rows : 1;
		const double rates[2] = {0.1, 0.3};
		const float settings[9] = {0.1f, 0.9f, 0.1f, 0.99f, 0.01f, 1, 1e-8f, 0.01f, 1};
		const double numbers[5] = {1, 1, 0.9, 0.99, 0.01};
		memcpy(memory + PACE, (const int32_t[]){rows, others}, 8);
		memcpy(memory + PACE + 64, rates, sizeof rates);
		memcpy(memory + PACE + 128, settings, sizeof settings);
		memcpy(memory + PACE + 192, numbers, sizeof numbers);
		const struct block block = {
			2, 0, PROGRAM, 1, PACE, PACE + 64, TOTALS + 32,
			{sink == APPLY ? SGD : 1 + i / 2 % 4, PACE + 128, parameters, gradients, (int32_t)count / 4, velocities, velocities + HALF / 2,
			 PACE + 192, PACE + 208}
		};
		memcpy(memory + BLOCK, &block, sizeof block);
		memset(memory + TOTALS, 0, 1024);
		memcpy(memory + LAYERS, layers, sizeof layers);
		memcpy(memory + LOSS, &loss, sizeof loss);
		memcpy(memory + PROGRAM, &program, sizeof program);
		NAMED(steps, WIDTH)(memory, BLOCK);
		take(memory + BLOCK, 8);
		if (sink == REPLACE) take(memory + gradients, count);
		take(memory + parameters, count);
		take(memory + velocities, count);
		if (sink == REPLACE) take(memory + velocities + HALF / 2, count);
		for (int r = 0; r < 72; r++) {
			double number;
			memcpy(&number, memory + TOTALS + 8 * r, 8);
			if (number != number) hash = hash * 31;
			else take(&number, 8);
		}
	}
}

int main(void) {
	memory = aligned_alloc(64, BYTES);
	if (!memory) return 1;
	memset(memory, 0, BYTES);
	request()->product.packed_a = SCRATCH;
	request()->product.packed_b = SCRATCH + (1 << 18);
	request()->product.rows = SCRATCH + (1 << 18) + (1 << 20) + (1 << 16);
	products();
	printf("products %016llx\n", (unsigned long long)hash);
	passes();
	printf("passes %016llx\n", (unsigned long long)hash);
	return 0;
}
