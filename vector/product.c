/*
 * C (m × n) ← epilogue(start + A·B) with vectors of WIDTH bytes, to the bits of `gemm` in kernels/gemm.ts: each element is one sum over k ascending, begun
 * at zero, at C or at a bias. Blocking as there, after Goto & van de Geijn 2008; sums run on through the blocks of k.
 */
#include "multiply.h"
#include "pack.h"
#include "product.h"

/* A block of A stays in the second-level cache, a panel of B in the first. In the room of the WebAssembly kernels' 192 × 256 and 256 × 1,024. */
#define MC 192
#define KC 256
#define NC 1024
/* Columns from which on gradients are used up in whole rows, as in kernels/gemm.ts: ROWS of them lie in the cache until then. */
#define WIDE 256
/* Steps of k that are turned at a time where there are few rows: what was turned stays in the first-level cache. */
#define SHALLOW 64
/* Floats of `rows`: see WIDER_ROWS in kernels/gemm.ts. */
#define ROOM (12 * 1024)

typedef void tile_function(
	const char *a, size_t a_row, size_t a_step, const char *b, size_t b_step, int k, char *c, size_t ldc, struct start init, int last,
	const struct epilogue *e
);

/* Tiles by their number of rows and vectors. */
#define TILE(name, rows, vectors, row) \
	static void name##_##rows##_##vectors( \
		const char *a, size_t a_row, size_t a_step, const char *b, size_t b_step, int k, char *c, size_t ldc, struct start init, int last, \
		const struct epilogue *e \
	) { \
		(void)a_row; \
		tile(rows, vectors, a, row, a_step, b, b_step, k, c, ldc, init, last, e); \
	}

/* Of rows that are neighbours in memory, and of rows anywhere. */
#define NEAR(rows, vectors) TILE(near, rows, vectors, 4)
#define APART(rows, vectors) TILE(apart, rows, vectors, a_row)
#define BOTH(rows) NEAR(rows, 1) NEAR(rows, 2) APART(rows, 1) APART(rows, 2)
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

/* Few rows are as wide as the registers allow: additions to one sum wait for each other. */
APART(1, 3) APART(1, 4) APART(1, 5) APART(1, 6) APART(1, 7) APART(1, 8)
APART(2, 3) APART(2, 4)

#define PAIR(name, rows) {name##_##rows##_1, name##_##rows##_2}
#define FOUR(name) PAIR(name, 1), PAIR(name, 2), PAIR(name, 3), PAIR(name, 4)
#define SIX(name) FOUR(name), PAIR(name, 5), PAIR(name, 6)
#define EIGHT(name) SIX(name), PAIR(name, 7), PAIR(name, 8)
#define TWELVE(name) EIGHT(name), PAIR(name, 9), PAIR(name, 10), PAIR(name, 11), PAIR(name, 12)
#if ROWS > 8
#define ALL TWELVE
#elif ROWS > 6
#define ALL EIGHT
#elif ROWS > 4
#define ALL SIX
#else
#define ALL FOUR
#endif
static tile_function *const near[ROWS][2] = {ALL(near)}, *const apart[ROWS][2] = {ALL(apart)};

#define FEW 4
static tile_function *const wide[FEW][8] = {
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
		wide[m - 1][vectors - 1](
			a, a_row, a_step, b + (size_t)j * 4, ldb, k, c + (size_t)j * 4, ldc, from, columns - (vectors - 1) * LANES, e
		);
	}
}

/* One block: every panel of B over every panel of A. */
static void block(
	int m, int n, int k, const char *a, size_t a_row, size_t a_step, size_t a_panel, struct right b, char *c, size_t ldc,
	struct start init, const struct epilogue *e
) {
	tile_function *const (*const tiles)[2] = a_row == 4 ? near : apart;
	for (int j = 0; j < n; j += COLUMNS, b.at += b.panel) {
		const int columns = smaller(COLUMNS, n - j), vectors = columns > LANES ? 2 : 1;
		for (int i = 0; i < m; i += ROWS) {
			const int rows = smaller(ROWS, m - i);
			const struct start from = {init.at + (size_t)i * init.row + (size_t)j * init.column, init.row, init.column};
			tiles[rows - 1][vectors - 1](
				a + (size_t)(i / ROWS) * a_panel, a_row, a_step, b.at, b.step, k, c + (size_t)i * ldc + (size_t)j * 4, ldc, from,
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

#ifdef PICKS
/* The next function where rows are short and without gaps, and A's numbers neighbours: in whole vectors, each lane of a row and a column. */
static void narrow_outer(int m, int n, const char *a, const char *b, char *c, const struct epilogue *e) {
	int32_t rows[LANES], columns[LANES];
	for (int l = 0, i = 0, j = 0; l < LANES; l++) {
		rows[l] = i;
		columns[l] = j;
		if (++j == n) j = 0, i++;
	}
	mask row, column;
	__builtin_memcpy(&row, rows, WIDTH);
	__builtin_memcpy(&column, columns, WIDTH);
	const vector right = load(b);
	for (int at = 0, first = 0; at < m * n; at += LANES) {
		char *const to = c + (size_t)at * 4;
		descend(to + e->to_first, to + e->to_second, picked(load(a), row) * picked(right, column), m * n - at, e);
		first += LANES % n;
		const int step = LANES / n + (first >= n);
		first -= first >= n ? n : 0;
		a += (size_t)step * 4;
		column += LANES % n;
		const mask over = column >= n;
		column -= over & n;
		row -= over - LANES / n + step;
	}
}
#endif

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

/* Few rows, and B transposed: its columns are turned a few steps of k at a time, for as many columns as the widest tile has. */
static void few_rows_transposed(const struct multiplication *p) {
	const struct epilogue store = {.kind = STORE};
	const int most = widest[p->m - 1] * LANES, m = p->m;
	const size_t step = (size_t)most * 4;
	for (int j = 0; j < p->n; j += most) {
		const int columns = smaller(most, p->n - j), vectors = (columns + LANES - 1) / LANES;
		char *const c = p->c + (size_t)j * 4;
		for (int q = 0; q < p->k; q += SHALLOW) {
			const int kc = smaller(SHALLOW, p->k - q);
			for (int i = 0; i < columns; i += 4)
				turn_rows(p->b + (size_t)(j + i) * p->ldb + (size_t)q * 4, p->ldb, columns - i, kc, p->packed_b + 4 * (size_t)i, step);
			const struct start from = q == 0
				? (struct start){p->begin.at + (size_t)j * p->begin.column, p->begin.row, p->begin.column}
				: (struct start){c, p->ldc, 4};
			wide[m - 1][vectors - 1](
				p->a + (size_t)q * p->a_step, p->a_row, p->a_step, p->packed_b, step, kc, c, p->ldc, from, columns - (vectors - 1) * LANES,
				q + kc == p->k ? &p->last : &store
			);
		}
	}
}

/*
 * Gradients of few columns and many rows: lanes would stand idle. So the turned product is computed, (Aᵀ·B)ᵀ = Bᵀ·A, whose sums are the
 * same; then it is turned back into rows without gaps, which the epilogue runs over.
 */
static int few_columns(const struct multiplication *p) {
	const int m = p->m, n = p->n, across = (m + LANES - 1) / LANES;
	if (p->transposed || p->a_row != 4 || p->begin.row != 0 || p->begin.column != 0 || p->ldc != (size_t)n * 4) return 0;
	if (2 * n * across > m * ((n + LANES - 1) / LANES) || n * (across * LANES + m) + LANES > ROOM) return 0;
	char *const turned = p->rows, *const rows = turned + (size_t)n * across * WIDTH;
	const struct multiplication other = {
		n, m, p->k, p->b, 4, p->ldb, p->a, p->a_step, 0, turned, (size_t)across * WIDTH, p->begin, {.kind = STORE}, p->packed_a, p->packed_b, 0
	};
	MULTIPLY(&other);
	for (int i = 0; i < m; i++)
		for (int j = 0; j < n; j++) ((scalar *)rows)[i * n + j] = number(turned + (size_t)j * other.ldc + (size_t)i * 4);
	if (p->last.kind == DESCEND) descend_rows(1, m * n, rows, p->c, 0, &p->last);
	else
		for (int i = 0; i < m * n; i += LANES) put(p->c + (size_t)i * 4, load(rows + (size_t)i * 4), m * n - i);
	return 1;
}

/* The same for the output of a layer of four units or fewer, in rows of four floats. What pads them keeps its value. */
static int few_units(const struct multiplication *p) {
	const int m = p->m, n = p->n, across = (m + LANES - 1) / LANES;
	if (p->transposed || p->a_step != 4 || p->begin.column != 4 || p->begin.row != 0 || p->ldc != 16 || n > 4) return 0;
	if (m < 2 * LANES || p->k < 8 || n * across * LANES > ROOM || (p->last.kind != STORE && p->last.kind != RECTIFY)) return 0;
	vector biases[4] = {0};
	for (int j = 0; j < n; j++) biases[j] = splat(number(p->begin.at + 4 * j));
	const size_t row = (size_t)across * WIDTH;
	const struct multiplication other = {
		n, m, p->k, p->b, 4, p->ldb, p->a, p->a_row, 1, p->rows, row, {(const char *)biases, WIDTH, 0}, p->last, p->packed_a, p->packed_b, 0
	};
	MULTIPLY(&other);
	const places padding = (places){0, 1, 2, 3} >= n;
	for (int i = 0; i < m; i += 4) {
		four columns[4] = {0};
		for (int j = 0; j < n; j++) columns[j] = *(const four *)(p->rows + j * row + (size_t)i * 4);
		char block[64];
		turn(columns[0], columns[1], columns[2], columns[3], block, 16);
		for (int r = 0; r < 4 && i + r < m; r++) {
			places *const to = (places *)(p->c + (size_t)(i + r) * 16);
			*to = (*to & padding) | (*(const places *)(block + 16 * r) & ~padding);
		}
	}
	return 1;
}

void MULTIPLY(const struct multiplication *p) {
	const int m = p->m, n = p->n, k = p->k;
	const char *const a = p->a, *const b = p->b;
	char *const c = p->c;
	const size_t a_row = p->a_row, a_step = p->a_step, ldb = p->ldb, ldc = p->ldc;
	if (p->last.kind == DESCEND && k == 1 && p->begin.row == 0 && p->begin.column == 0) {
#ifdef PICKS
		if (n < LANES && a_row == 4 && ldc == (size_t)n * 4) {
			narrow_outer(m, n, a, b, c, &p->last);
			return;
		}
#endif
		outer(m, n, a, a_row, b, c, ldc, &p->last);
		return;
	}
	if (m <= FEW) {
		if (!p->transposed) few_rows(m, n, k, a, a_row, a_step, b, ldb, c, ldc, p->begin, &p->last);
		else few_rows_transposed(p);
		return;
	}
	if (few_columns(p) || few_units(p)) return;
	const struct epilogue store = {.kind = STORE};
	/* A B that fits into the first-level cache is read where it is. */
	const int pack_b = p->transposed || (m > 2 * ROWS && (size_t)k * ldb > 16 * 1024);
	for (int j = 0; j < n; j += NC) {
		const int nc = smaller(NC, n - j);
		for (int q = 0; q < k; q += KC) {
			const int kc = smaller(KC, k - q);
			struct right right = {b + (size_t)q * ldb + (size_t)j * 4, ldb, 2 * WIDTH};
			if (pack_b) {
				if (p->transposed) pack_transposed(b + (size_t)j * ldb + (size_t)q * 4, ldb, kc, nc, p->packed_b);
				else pack_columns(right.at, ldb, kc, nc, p->packed_b);
				right = (struct right){p->packed_b, 2 * WIDTH, (size_t)kc * 2 * WIDTH};
			}
			const struct epilogue *const e = q + kc == k ? &p->last : &store;
			const int by_rows = e->kind == DESCEND && nc >= WIDE;
			/* A is read where it is, unless often and from far apart. Rows that are pages apart would push each other out of the cache. */
			const int pack_a = a_row == 4
				? nc > 2 * COLUMNS && kc >= 16 && a_step >= 1024
				: nc > 4 * COLUMNS || (kc >= 16 && a_row % 4096 == 0);
			for (int i = 0; i < m; i += MC) {
				const int mc = smaller(MC, m - i);
				const char *left = a + (size_t)i * a_row + (size_t)q * a_step;
				char *const to = c + (size_t)i * ldc + (size_t)j * 4;
				const struct start from = q == 0
					? (struct start){p->begin.at + (size_t)i * p->begin.row + (size_t)j * p->begin.column, p->begin.row, p->begin.column}
					: (struct start){to, ldc, 4};
				size_t left_row = a_row, left_step = a_step, left_panel = ROWS * a_row;
				if (pack_a) {
					if (a_row == 4) pack_neighbours(left, a_step, mc, kc, p->packed_a);
					else pack_rows(left, a_row, mc, kc, p->packed_a);
					left = p->packed_a;
					left_row = 4;
					left_step = ROWS * 4;
					left_panel = (size_t)kc * ROWS * 4;
				}
				if (!by_rows) {
					block(mc, nc, kc, left, left_row, left_step, left_panel, right, to, ldc, from, e);
					continue;
				}
				for (int r = 0; r < mc; r += ROWS) {
					const int rows = smaller(ROWS, mc - r);
					const struct start row = {from.at + (size_t)r * from.row, from.row, from.column};
					block(rows, nc, kc, left + (size_t)(r / ROWS) * left_panel, left_row, left_step, left_panel, right, p->rows, (size_t)nc * 4, row, &store);
					descend_rows(rows, nc, p->rows, to + (size_t)r * ldc, ldc, e);
				}
			}
		}
	}
}

/* What the engine asks for at an address of its memory: see kernels/vector.ts. */
__attribute__((visibility("default"))) void NAMED(product, WIDTH)(char *memory, uint32_t at) {
	static const vector zeros[8];
	const struct product *const p = (const struct product *)(memory + at);
	char *const c = memory + p->c;
	/* Distances wrap around at 2³², as addresses of the memory do. */
	const uint32_t first = p->c + (p->kind == MASK ? p->to_mask : p->to_velocity), second = p->c + p->to_parameters;
	const struct multiplication of = {
		p->m, p->n, p->k, memory + p->a, p->a_row, p->a_step, memory + p->b, p->ldb, p->transposed, c, p->ldc,
		p->from == FROM_ZERO ? (struct start){(const char *)zeros, 0, 0}
			: p->from == FROM_C  ? (struct start){c, p->ldc, 4}
								 : (struct start){memory + p->bias, 0, 4},
		{p->kind, (ptrdiff_t)first - (ptrdiff_t)p->c, (ptrdiff_t)second - (ptrdiff_t)p->c, p->rate, p->momentum, p->decay},
		memory + p->packed_a, memory + p->packed_b, memory + p->rows
	};
	MULTIPLY(&of);
}
