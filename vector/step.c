/*
 * A forward and backward pass of a whole network in one call, to the bits of the same passes kernel by kernel in WebAssembly: see
 * src/engine/network.ts and kernels/dense.ts.
 */
#include "step.h"
#include "elementwise.h"
#include "losses.h"
#include "multiply.h"
#include "product.h"

static const vector zeros[8];

/* Where everything is: the memory, the program, and where the network reads its input and the truth. */
struct pass {
	char *memory;
	const struct program *program;
	const struct request *request;
	const char *input, *truth;
};

INLINE const char *input_of(const struct pass *p, const struct layer *layer) { return layer->input ? p->memory + layer->input : p->input; }

/* Rows that lie somewhere in the set, together. Long ones are asked for two rows ahead: the set may be larger than any cache. */
static void gather(const char *from, size_t bytes, const uint32_t *indices, int rows, char *to) {
	for (int i = 0; i < rows; i++, to += bytes) {
		const char *row = from + (size_t)indices[i] * bytes;
		if (bytes >= 256) {
			if (i + 2 < rows) {
				const char *const later = from + (size_t)indices[i + 2] * bytes;
				for (size_t at = 0; at < bytes; at += 64) __builtin_prefetch(later + at);
			}
			__builtin_memcpy(to, row, bytes);
		} else
			for (size_t at = 0; at < bytes; at += 16) *(four *)(to + at) = *(const four *)(row + at);
	}
}

static void place(struct pass *p) {
	const struct program *const of = p->program;
	const char *const features = p->memory + of->features, *const truth = p->memory + of->truth;
	const uint32_t *const indices = (const uint32_t *)(p->memory + of->indices);
	const size_t first = of->indices && of->rows == 1 ? indices[0] : 0;
	p->input = features + first * of->features_stride;
	p->truth = truth + first * of->truth_stride;
	if (!of->indices || of->rows == 1) return;
	char *const rows = p->memory + of->gathered_rows, *const truths = p->memory + of->gathered_truth;
	gather(features, of->features_stride, indices, of->rows, rows);
	if (of->truth_stride == 4)
		for (int i = 0; i < of->rows; i++) ((int32_t *)truths)[i] = ((const int32_t *)truth)[indices[i]];
	else gather(truth, of->truth_stride, indices, of->rows, truths);
	p->input = rows;
	p->truth = truths;
}

static struct epilogue descent(uint32_t gradient, const struct descent *d) {
	/* Distances wrap around at 2³², as addresses of the memory do. */
	const uint32_t velocity = gradient + d->to_velocity, parameter = gradient + d->to_parameters;
	return (struct epilogue){
		DESCEND, (ptrdiff_t)velocity - (ptrdiff_t)gradient, (ptrdiff_t)parameter - (ptrdiff_t)gradient, d->rate, d->momentum, d->decay
	};
}

static struct multiplication product_of(const struct pass *p, int m, int n, int k) {
	const struct product *const scratch = &p->request->product;
	return (struct multiplication){
		.m = m, .n = n, .k = k, .begin = {(const char *)zeros, 0, 0}, .packed_a = p->memory + scratch->packed_a,
		.packed_b = p->memory + scratch->packed_b, .rows = p->memory + scratch->rows
	};
}

static void dense_forward(const struct pass *p, const struct layer *l) {
	const size_t line = (size_t)l->outputs * 4;
	const char *const weights = p->memory + l->parameters;
	struct multiplication y = product_of(p, p->program->rows, l->outputs, l->inputs);
	y.a = input_of(p, l);
	y.a_row = l->input_stride;
	y.a_step = 4;
	y.b = weights;
	y.ldb = line;
	y.c = p->memory + l->output;
	y.ldc = l->output_stride;
	y.begin = (struct start){weights + (size_t)l->inputs * line, 0, 4};
	y.last.kind = l->rectifying & RECTIFIES ? RECTIFY : STORE;
	MULTIPLY(&y);
}

/* Sums of `vectors` vectors of columns, over rows ascending, begun at what lies at `to` or at zero. */
INLINE void sums_of(const int vectors, const char *from, size_t stride, int rows, char *to, int add, int columns, const struct epilogue *e) {
	vector sums[8];
	UNROLL(8) for (int j = 0; j < vectors; j++) sums[j] = add ? load(to + j * WIDTH) : (vector){0};
	for (int i = 0; i < rows; i++, from += stride)
		UNROLL(8) for (int j = 0; j < vectors; j++) sums[j] = sums[j] + load(from + j * WIDTH);
	UNROLL(8) for (int j = 0; j < vectors; j++) {
		char *const at = to + j * WIDTH;
		const int lanes = columns - j * LANES;
		if (lanes <= 0) continue;
		if (e->kind == DESCEND) descend(at + e->to_first, at + e->to_second, sums[j], lanes, e);
		else put(at, sums[j], lanes);
	}
}

static void column_sums(const char *from, size_t stride, int rows, int columns, char *to, int add, const struct epilogue *e) {
	for (; columns > 4 * LANES; columns -= 8 * LANES, from += 8 * WIDTH, to += 8 * WIDTH) sums_of(8, from, stride, rows, to, add, columns, e);
	if (columns > 2 * LANES) sums_of(4, from, stride, rows, to, add, columns, e);
	else if (columns > LANES) sums_of(2, from, stride, rows, to, add, columns, e);
	else if (columns > 0) sums_of(1, from, stride, rows, to, add, columns, e);
}

/* Σ v² of each of several rows, in every lane of its segment. */
INLINE vector squares_of(const char *const rows[SEGMENTS], int count) {
	vector sum = {0};
	for (size_t at = 0; at < (size_t)count * 4; at += 16) {
		const vector v = load_segments(rows, at);
		sum = sum + v * v;
	}
	return folded(sum);
}

static void add_row_norms(
	const char *x, size_t x_stride, int inputs, const char *y, size_t y_stride, int outputs, int rows, double *norms, int divisor
) {
	const double scale = (double)divisor * (double)divisor;
	for (int i = 0; i < rows; i += SEGMENTS) {
		const int count = rows - i < SEGMENTS ? rows - i : SEGMENTS;
		const char *xs[SEGMENTS], *ys[SEGMENTS];
		UNROLL(4) for (int s = 0; s < SEGMENTS; s++) {
			const size_t row = (size_t)(i + (s < count ? s : 0));
			xs[s] = x + row * x_stride;
			ys[s] = y + row * y_stride;
		}
		const vector xx = squares_of(xs, inputs), yy = squares_of(ys, outputs);
		UNROLL(4) for (int s = 0; s < SEGMENTS; s++)
			if (s < count) norms[i + s] = norms[i + s] + scale * ((double)xx[4 * s] + 1) * (double)yy[4 * s];
	}
}

static void dense_backward(const struct pass *p, const struct layer *l) {
	const struct program *const of = p->program;
	const int rows = of->rows, add = of->sink == ADD;
	const char *const x = input_of(p, l), *const dy = p->memory + l->output_gradient;
	const size_t line = (size_t)l->outputs * 4;
	if (of->norms)
		add_row_norms(
			x, l->input_stride, l->inputs, dy, l->output_stride, l->outputs, rows, (double *)(p->memory + of->norms), of->norms_divisor
		);
	if (l->input_gradient) {
		struct multiplication dx = product_of(p, rows, l->inputs, l->outputs);
		dx.a = dy;
		dx.a_row = l->output_stride;
		dx.a_step = 4;
		dx.b = p->memory + l->parameters;
		dx.ldb = line;
		dx.transposed = 1;
		dx.c = p->memory + l->input_gradient;
		dx.ldc = l->input_stride;
		dx.last.kind = l->rectifying & IS_RECTIFIED ? MASK : STORE;
		dx.last.to_first = x - dx.c;
		MULTIPLY(&dx);
	}
	const uint32_t gradients = l->gradients, of_bias = gradients + (uint32_t)l->inputs * (uint32_t)line;
	const struct descent *const settings = &p->request->descent;
	const struct epilogue store = {.kind = STORE};
	struct multiplication dw = product_of(p, l->inputs, l->outputs, rows);
	dw.a = x;
	dw.a_row = 4;
	dw.a_step = l->input_stride;
	dw.b = dy;
	dw.ldb = l->output_stride;
	dw.c = p->memory + gradients;
	dw.ldc = line;
	dw.last = of->sink == APPLY ? descent(gradients, settings) : store;
	if (add) dw.begin = (struct start){dw.c, line, 4};
	MULTIPLY(&dw);
	const struct epilogue biases = of->sink == APPLY ? descent(of_bias, settings) : store;
	column_sums(dy, l->output_stride, rows, l->outputs, p->memory + of_bias, add, &biases);
}

static void measure(const struct pass *p) {
	const struct program *const of = p->program;
	const struct loss *const loss = (const struct loss *)(p->memory + of->loss);
	const char *const outputs = p->memory + loss->outputs;
	char *const gradient = of->training ? p->memory + loss->gradient : 0;
	const int divisor = of->training ? of->divisor : 1;
	const int32_t *const labels = (const int32_t *)p->truth;
	double *const totals = (double *)(p->memory + loss->totals);
	switch (loss->kind) {
	case SOFTMAX_CROSS_ENTROPY:
		softmax_cross_entropy(outputs, loss->stride, labels, of->rows, loss->width, gradient, divisor, p->memory + loss->sums, totals);
		if (loss->smoothing != 0)
			smooth_labels(outputs, loss->stride, labels, of->rows, loss->width, gradient, divisor, (double)loss->smoothing, totals);
		break;
	case BINARY_CROSS_ENTROPY: binary_cross_entropy(outputs, loss->stride, labels, of->rows, gradient, divisor, totals); break;
	default: squared_error(outputs, loss->stride, p->truth, of->rows, loss->width, gradient, divisor, totals);
	}
}

/* What is asked for at an address of the engine's memory: struct program. */
__attribute__((visibility("default"))) void STEP(char *memory, uint32_t at) {
	const struct program *const of = (const struct program *)(memory + at);
	struct pass p = {memory, of, (const struct request *)(memory + of->request), 0, 0};
	const struct layer *const layers = (const struct layer *)(memory + of->layers);
	place(&p);
	for (int i = 0; i < of->count; i++) {
		const struct layer *const l = &layers[i];
		if (l->kind == DENSE) dense_forward(&p, l);
		else activate(l->kind, input_of(&p, l), memory + l->output, l->input_stride, of->rows, l->inputs, l->slope);
	}
	measure(&p);
	if (!of->training) return;
	for (int i = of->count - 1; i >= 0; i--) {
		const struct layer *const l = &layers[i];
		if (l->kind == DENSE) dense_backward(&p, l);
		else if (l->input_gradient)
			activate_back(
				l->kind, input_of(&p, l), memory + l->output, memory + l->output_gradient, memory + l->input_gradient,
				(size_t)of->rows * l->input_stride, l->slope
			);
	}
}
