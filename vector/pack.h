/* Copies of parts of A and B in the order in which tiles read them. */
#ifndef SWEETSPOT_PACK_H
#define SWEETSPOT_PACK_H

#include "lanes.h"
#include "tile.h"

/* The 4 × 4 floats whose rows are r0 … r3, turned: column after column at `to`, `step` bytes apart. */
INLINE void turn(four r0, four r1, four r2, four r3, char *to, size_t step) {
	const four low01 = SHUFFLE(r0, r1, 0, 4, 1, 5), low23 = SHUFFLE(r2, r3, 0, 4, 1, 5);
	const four high01 = SHUFFLE(r0, r1, 2, 6, 3, 7), high23 = SHUFFLE(r2, r3, 2, 6, 3, 7);
	*(four *)to = SHUFFLE(low01, low23, 0, 1, 4, 5);
	*(four *)(to + step) = SHUFFLE(low01, low23, 2, 3, 6, 7);
	*(four *)(to + 2 * step) = SHUFFLE(high01, high23, 0, 1, 4, 5);
	*(four *)(to + 3 * step) = SHUFFLE(high01, high23, 2, 3, 6, 7);
}

/* Four rows of `k` floats, `row` bytes apart, of which `rows` are there (the last is repeated): turned, four floats every `step` bytes. */
INLINE void turn_rows(const char *from, size_t row, int rows, int k, char *to, size_t step) {
	const char *r0 = from, *r1 = rows > 1 ? r0 + row : r0, *r2 = rows > 2 ? r1 + row : r1, *r3 = rows > 3 ? r2 + row : r2;
	int p = 0;
	for (; p + 4 <= k; p += 4, to += 4 * step) {
		const size_t at = (size_t)p * 4;
		turn(*(const four *)(r0 + at), *(const four *)(r1 + at), *(const four *)(r2 + at), *(const four *)(r3 + at), to, step);
	}
	for (; p < k; p++, to += step) {
		const size_t at = (size_t)p * 4;
		*(four *)to = (four){number(r0 + at), number(r1 + at), number(r2 + at), number(r3 + at)};
	}
}

/* Panels of COLUMNS columns of B (k × n, row-major), each as k runs; the last panel's missing columns hold what follows in B. */
static void pack_columns(const char *b, size_t ldb, int k, int n, char *to) {
	for (int j = 0; j < n; j += COLUMNS, b += 2 * WIDTH) {
		const char *from = b;
		for (int p = 0; p < k; p++, from += ldb, to += 2 * WIDTH) {
			*(unaligned *)to = load(from);
			*(unaligned *)(to + WIDTH) = load(from + WIDTH);
		}
	}
}

/* The same panels of Bᵀ, from B given as n rows of k. Columns beyond n repeat the last one, or hold anything. */
static void pack_transposed(const char *b, size_t ldb, int k, int n, char *to) {
	for (int j = 0; j < n; j += COLUMNS, to += (size_t)k * 2 * WIDTH)
		for (int i = 0; i < COLUMNS && j + i < n; i += 4)
			turn_rows(b + (size_t)(j + i) * ldb, ldb, n - j - i, k, to + 4 * i, 2 * WIDTH);
}

/* Panels of ROWS rows of A, whose rows are neighbours and whose steps of k are `a_step` bytes apart. Missing rows hold what follows in A. */
static void pack_neighbours(const char *a, size_t a_step, int m, int k, char *to) {
	for (int i = 0; i < m; i += ROWS, a += ROWS * 4) {
		const char *from = a;
		for (int p = 0; p < k; p++, from += a_step, to += ROWS * 4) __builtin_memcpy(to, from, ROWS * 4);
	}
}

/* Panels of ROWS rows of A, whose rows are `a_row` bytes apart and whose steps of k are neighbours, each as k runs. The same for missing rows. */
static void pack_rows(const char *a, size_t a_row, int m, int k, char *to) {
	for (int i = 0; i < m; i += ROWS, to += (size_t)k * ROWS * 4) {
		int r = 0;
		for (; r + 4 <= ROWS && i + r < m; r += 4) turn_rows(a + (size_t)(i + r) * a_row, a_row, m - i - r, k, to + 4 * r, ROWS * 4);
#if ROWS % 4 == 2
		if (i + r < m) {
			const char *r0 = a + (size_t)(i + r) * a_row, *r1 = i + r + 1 < m ? r0 + a_row : r0;
			char *into = to + 4 * r;
			for (int p = 0; p < k; p++, into += ROWS * 4) {
				((scalar *)into)[0] = number(r0 + (size_t)p * 4);
				((scalar *)into)[1] = number(r1 + (size_t)p * 4);
			}
		}
#endif
	}
}

#endif
