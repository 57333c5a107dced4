/*
 * The inner kernel of a product. Every element is one sum in one lane, over k ascending, begun at `init`: the order of additions is that of
 * kernels/tile.ts, whatever the width.
 */
#ifndef SWEETSPOT_TILE_H
#define SWEETSPOT_TILE_H

#include "epilogue.h"

/* Rows of the largest tile, two vectors wide: its sums, two vectors of B, a number of A and a product fit into the registers. */
#if WIDTH == 64
#define ROWS 12
#elif WIDTH == 32
#define ROWS 6
#elif defined(__aarch64__)
#define ROWS 8
#else
#define ROWS 4
#endif
#define COLUMNS (2 * LANES)

/* Where sums begin: bytes from row to row, and from column to column (0: the same vector for all, of zeros). */
struct start {
	const char *at;
	size_t row, column;
};

#define FINISH_ALL(finish) \
	UNROLL(12) for (int i = 0; i < rows; i++) \
		UNROLL(8) for (int j = 0; j < vectors; j++) \
			finish(c + i * ldc + j * WIDTH, sums[i][j], j == vectors - 1 ? last : LANES, &own)

/* `rows` × `vectors`, both known when this is compiled; the last vector has `last` columns. Rows of A are `a_row` bytes apart. */
INLINE void tile(
	const int rows, const int vectors, const char *a, size_t a_row, size_t a_step, const char *b, size_t b_step, int k,
	char *c, size_t ldc, struct start init, int last, const struct epilogue *e
) {
	vector sums[12][8];
	UNROLL(12) for (int i = 0; i < rows; i++)
		UNROLL(8) for (int j = 0; j < vectors; j++) sums[i][j] = load(init.at + i * init.row + j * LANES * init.column);
	do {
		vector bs[8];
		UNROLL(8) for (int j = 0; j < vectors; j++) bs[j] = load(b + j * WIDTH);
		UNROLL(12) for (int i = 0; i < rows; i++) {
			const char *const by = a + i * a_row;
			const vector spread = splat(number(by)); /* one or two rows wait for B: there, fewer loads are faster */
			UNROLL(8) for (int j = 0; j < vectors; j++) sums[i][j] = sums[i][j] + (rows > 2 ? scaled(by, bs[j]) : spread * bs[j]);
		}
		a += a_step;
		b += b_step;
	} while (--k);
	const struct epilogue own = *e; /* stores could change the one that is pointed to, for all the compiler knows */
	switch (own.kind) {
	case STORE: FINISH_ALL(stored); break;
	case RECTIFY: FINISH_ALL(rectify); break;
	case MASK: FINISH_ALL(masked); break;
	default: FINISH_ALL(descended); break;
	}
}

#endif
