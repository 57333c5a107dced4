/*
 * C (m × n) ← epilogue(start + A·B) with vectors of WIDTH bytes, to the bits of `gemm` in kernels/gemm.ts: each element is one sum over k ascending, begun
 * at zero, at C or at a bias. Blocking as there, after Goto & van de Geijn 2008; sums run on through the blocks of k.
 */
#include "pack.h"
#include "product.h"
#include "tile.h"

#define NAMED(width) sweetspot_product_##width
#define NAME(width) NAMED(width)

/* A block of A stays in the second-level cache, a panel of B in the first. In the room of the WebAssembly kernels' 192 × 256 and 256 × 1,024. */
#define MC 192
#define KC 256
#define NC 1024
/* Columns from which on gradients are used up in whole rows, as in kernels/gemm.ts: ROWS of them lie in the cache until then. */
#define WIDE 256

typedef void tile_function(
	const char *a, size_t a_row, size_t a_step, const char *b, size_t b_step, int k, char *c, size_t ldc, struct start init, int last,
	const struct epilogue *e
);

/* Tiles of rows that are neighbours in memory, by their number of rows and vectors. */
#define TILE(rows, vectors) \
	static void tile_##rows##_##vectors( \
		const char *a, size_t a_row, size_t a_step, const char *b, size_t b_step, int k, char *c, size_t ldc, struct start init, int last, \
		const struct epilogue *e \
	) { \
		(void)a_row; \
		tile(rows, vectors, a, 4, a_step, b, b_step, k, c, ldc, init, last, e); \
	}
#define BOTH(rows) TILE(rows, 1) TILE(rows, 2)
BOTH(1) BOTH(2) BOTH(3) BOTH(4)
#if ROWS > 4
BOTH(5) BOTH(6)
#endif
#if ROWS > 6
BOTH(7) BOTH(8)
#endif
#if ROWS > 8
BOTH(9) BOTH(10) BOTH(11) BOTH(12)
#endif

#define PAIR(rows) {tile_##rows##_1, tile_##rows##_2}
static tile_function *const tiles[ROWS][2] = {
	PAIR(1), PAIR(2), PAIR(3), PAIR(4),
#if ROWS > 4
	PAIR(5), PAIR(6),
#endif
#if ROWS > 6
	PAIR(7), PAIR(8),
#endif
#if ROWS > 8
	PAIR(9), PAIR(10), PAIR(11), PAIR(12),
#endif
};

/* Tiles of few rows anywhere in memory, as wide as the registers allow: additions to one sum wait for each other. */
#define APART(rows, vectors) \
	static void apart_##rows##_##vectors( \
		const char *a, size_t a_row, size_t a_step, const char *b, size_t b_step, int k, char *c, size_t ldc, struct start init, int last, \
		const struct epilogue *e \
	) { \
		tile(rows, vectors, a, a_row, a_step, b, b_step, k, c, ldc, init, last, e); \
	}
#define QUAD(rows) APART(rows, 1) APART(rows, 2) APART(rows, 3) APART(rows, 4)
QUAD(1) QUAD(2)
APART(1, 5) APART(1, 6) APART(1, 7) APART(1, 8)
APART(3, 1) APART(3, 2) APART(4, 1) APART(4, 2)

#define FEW 4
static tile_function *const apart[FEW][8] = {
	{apart_1_1, apart_1_2, apart_1_3, apart_1_4, apart_1_5, apart_1_6, apart_1_7, apart_1_8},
	{apart_2_1, apart_2_2, apart_2_3, apart_2_4},
	{apart_3_1, apart_3_2},
	{apart_4_1, apart_4_2},
};
static const int widest[FEW] = {8, 4, 2, 2};

struct right {
	const char *at;
	/* Bytes from one step of k to the next, and from one panel of COLUMNS columns to the next. */
	size_t step, panel;
};

INLINE int smaller(int a, int b) { return a < b ? a : b; }

/* Few rows straight from A and B. */
static void few_rows(
	int m, int n, int k, const char *a, size_t a_row, size_t a_step, const char *b, size_t ldb, char *c, size_t ldc, struct start init,
	const struct epilogue *e
) {
	const int most = widest[m - 1] * LANES;
	for (int j = 0; j < n; j += most) {
		const int columns = smaller(most, n - j), vectors = (columns + LANES - 1) / LANES;
		const struct start from = {init.at + (size_t)j * init.column, init.row, init.column};
		apart[m - 1][vectors - 1](
			a, a_row, a_step, b + (size_t)j * 4, ldb, k, c + (size_t)j * 4, ldc, from, columns - (vectors - 1) * LANES, e
		);
	}
}

/* One block: every panel of B over every panel of A, whose rows are neighbours. */
static void block(
	int m, int n, int k, const char *a, size_t a_step, size_t a_panel, struct right b, char *c, size_t ldc, struct start init,
	const struct epilogue *e
) {
	for (int j = 0; j < n; j += COLUMNS, b.at += b.panel) {
		const int columns = smaller(COLUMNS, n - j), vectors = columns > LANES ? 2 : 1;
		for (int i = 0; i < m; i += ROWS) {
			const int rows = smaller(ROWS, m - i);
			const struct start from = {init.at + (size_t)i * init.row + (size_t)j * init.column, init.row, init.column};
			tiles[rows - 1][vectors - 1](
				a + (size_t)(i / ROWS) * a_panel, 4, a_step, b.at, b.step, k, c + (size_t)i * ldc + (size_t)j * 4, ldc, from,
				columns - (vectors - 1) * LANES, e
			);
		}
	}
}

/* Gradients used up a whole row at a time, out of `rows`, where they lie without gaps. */
static void descend_rows(int m, int n, const char *rows, char *c, size_t ldc, const struct epilogue *e) {
	for (int i = 0; i < m; i++, c += ldc, rows += (size_t)n * 4)
		for (int j = 0; j < n; j += LANES) {
			char *at = c + (size_t)j * 4;
			descend(at + e->to_first, at + e->to_second, load(rows + (size_t)j * 4), n - j, e);
		}
}

/* An outer product used up at once: no sums, so the epilogue is all the work, and runs over whole rows. */
static void outer(int m, int n, const char *a, size_t a_row, const char *b, char *c, size_t ldc, const struct epilogue *e) {
	for (int i = 0; i < m; i++, a += a_row, c += ldc) {
		const float scale = number(a);
		for (int j = 0; j < n; j += LANES) {
			char *at = c + (size_t)j * 4;
			descend(at + e->to_first, at + e->to_second, scale * load(b + (size_t)j * 4), n - j, e);
		}
	}
}

__attribute__((visibility("default"))) void NAME(WIDTH)(char *memory, uint32_t at) {
	static const vector zeros[8];
	const struct product *const p = (const struct product *)(memory + at);
	const int m = p->m, n = p->n, k = p->k;
	const char *const a = memory + p->a, *const b = memory + p->b;
	char *const c = memory + p->c;
	const size_t a_row = p->a_row, a_step = p->a_step, ldb = p->ldb, ldc = p->ldc;
	/* Distances wrap around at 2³², as addresses of the memory do. */
	const uint32_t first = p->c + (p->kind == MASK ? p->to_mask : p->to_velocity), second = p->c + p->to_parameters;
	const struct epilogue last = {
		p->kind, (ptrdiff_t)first - (ptrdiff_t)p->c, (ptrdiff_t)second - (ptrdiff_t)p->c, p->rate, p->momentum, p->decay
	};
	const struct epilogue store = {.kind = STORE};
	const struct start begin = p->from == FROM_ZERO ? (struct start){(const char *)zeros, 0, 0}
		: p->from == FROM_C                         ? (struct start){c, ldc, 4}
													: (struct start){memory + p->bias, 0, 4};
	if (p->kind == DESCEND && k == 1 && p->from == FROM_ZERO) {
		outer(m, n, a, a_row, b, c, ldc, &last);
		return;
	}
	if (!p->transposed && m <= FEW) {
		few_rows(m, n, k, a, a_row, a_step, b, ldb, c, ldc, begin, &last);
		return;
	}
	char *const packed_a = memory + p->packed_a, *const packed_b = memory + p->packed_b, *const whole = memory + p->rows;
	const int pack_b = p->transposed || m > 2 * ROWS;
	for (int j = 0; j < n; j += NC) {
		const int nc = smaller(NC, n - j);
		for (int q = 0; q < k; q += KC) {
			const int kc = smaller(KC, k - q);
			struct right right = {b + (size_t)q * ldb + (size_t)j * 4, ldb, 2 * WIDTH};
			if (pack_b) {
				if (p->transposed) pack_transposed(b + (size_t)j * ldb + (size_t)q * 4, ldb, kc, nc, packed_b);
				else pack_columns(right.at, ldb, kc, nc, packed_b);
				right = (struct right){packed_b, 2 * WIDTH, (size_t)kc * 2 * WIDTH};
			}
			const struct epilogue *const e = q + kc == k ? &last : &store;
			const int by_rows = e->kind == DESCEND && nc >= WIDE;
			/* Neighbours in A are read where they are, unless often and from far apart. */
			const int pack_a = a_row != 4 || (nc > 2 * COLUMNS && kc >= 16 && a_step >= 1024);
			for (int i = 0; i < m; i += MC) {
				const int mc = smaller(MC, m - i);
				const char *left = a + (size_t)i * a_row + (size_t)q * a_step;
				char *const to = c + (size_t)i * ldc + (size_t)j * 4;
				const struct start from = q == 0
					? (struct start){begin.at + (size_t)i * begin.row + (size_t)j * begin.column, begin.row, begin.column}
					: (struct start){to, ldc, 4};
				size_t left_step = a_step, left_panel = ROWS * 4;
				if (pack_a) {
					if (a_row == 4) pack_neighbours(left, a_step, mc, kc, packed_a);
					else pack_rows(left, a_row, mc, kc, packed_a);
					left = packed_a;
					left_step = ROWS * 4;
					left_panel = (size_t)kc * ROWS * 4;
				}
				if (!by_rows) {
					block(mc, nc, kc, left, left_step, left_panel, right, to, ldc, from, e);
					continue;
				}
				for (int r = 0; r < mc; r += ROWS) {
					const int rows = smaller(ROWS, mc - r);
					const struct start row = {from.at + (size_t)r * from.row, from.row, from.column};
					block(rows, nc, kc, left + (size_t)(r / ROWS) * left_panel, left_step, left_panel, right, whole, (size_t)nc * 4, row, &store);
					descend_rows(rows, nc, whole, to + (size_t)r * ldc, ldc, e);
				}
			}
		}
	}
}
