/* Losses and their gradients: kernels/softmax.ts and kernels/losses.ts, with several rows in a vector where those have one. */
#ifndef SWEETSPOT_LOSSES_H
#define SWEETSPOT_LOSSES_H

#include "functions.h"

#define HUGE (__builtin_inff())

/* `sums`: scratch of one float a row. `gradient` 0: not wanted. */
static void softmax_cross_entropy(
	const char *logits, size_t stride, const int32_t *labels, int rows, int classes, char *gradient, int divisor, char *sums, double *totals
) {
	const float scale = (float)(1.0 / (double)divisor);
	const size_t last_at = (size_t)((classes + 3) / 4 - 1) * 16;
	const mask beyond = (mask)OF_FOUR(0, 1, 2, 3) >= classes - (int)(last_at / 4);
	int right = 0;
	double loss = 0;
	for (int i = 0; i < rows; i += SEGMENTS) {
		const int count = rows - i < SEGMENTS ? rows - i : SEGMENTS;
		const char *from[SEGMENTS];
		char *to[SEGMENTS];
		UNROLL(4) for (int s = 0; s < SEGMENTS; s++) {
			const size_t at = (size_t)(i + (s < count ? s : 0)) * stride;
			from[s] = logits + at;
			to[s] = gradient + at;
		}
		const vector last = where(beyond, splat(-HUGE), load_segments(from, last_at));
		vector largest = last;
		for (size_t at = 0; at < last_at; at += 16) largest = larger(largest, load_segments(from, at));
		largest = larger(largest, halves_swapped(largest));
		largest = larger(largest, neighbours_swapped(largest));
		vector sum = {0};
		for (size_t at = 0; at < last_at; at += 16) {
			const vector e = exp_of(load_segments(from, at) - largest);
			sum = sum + e;
			if (gradient) put_segments(to, at, e, count);
		}
		const vector last_exp = exp_of(last - largest);
		sum = folded(sum + last_exp);
		if (gradient) put_segments(to, last_at, last_exp, count);
		float of_true[SEGMENTS] = {0};
		UNROLL(4) for (int s = 0; s < SEGMENTS; s++) {
			if (s >= count) continue;
			const size_t label_at = (size_t)labels[i + s] * 4;
			const float of_label = number(from[s] + label_at), top = largest[4 * s], of_row = sum[4 * s];
			if (of_label == top) {
				int first = 0;
				while (number(from[s] + 4 * (size_t)first) != top) first++;
				right += first == labels[i + s];
			}
			((scalar *)sums)[i + s] = of_row;
			loss -= (double)(of_label - top);
			if (gradient) of_true[s] = number(to[s] + label_at) / of_row;
		}
		if (!gradient) continue;
		const char *read[SEGMENTS];
		UNROLL(4) for (int s = 0; s < SEGMENTS; s++) read[s] = to[s];
		for (size_t at = 0; at < last_at; at += 16) put_segments(to, at, load_segments(read, at) / sum * scale, count);
		put_segments(to, last_at, last_exp / sum * scale, count);
		UNROLL(4) for (int s = 0; s < SEGMENTS; s++) {
			if (s < count) *(scalar *)(to[s] + (size_t)labels[i + s] * 4) = (of_true[s] - 1) * scale;
		}
	}
	for (int i = 0; i < rows; i += LANES) {
		const vector logs = log_of(load(sums + (size_t)i * 4));
		UNROLL(16) for (int s = 0; s < LANES; s++) if (i + s < rows) loss += (double)logs[s];
	}
	totals[0] = loss;
	totals[1] = right;
}

/* After `softmax_cross_entropy` on the same rows. */
static void smooth_labels(
	const char *logits, size_t stride, const int32_t *labels, int rows, int classes, char *gradient, int divisor, double smoothing, double *totals
) {
	double extra = 0;
	const float of_label = (float)(smoothing / (double)divisor), of_each = (float)(smoothing / ((double)divisor * (double)classes));
	for (int i = 0; i < rows; i++, logits += stride) {
		const size_t label = (size_t)labels[i] * 4;
		double sum = 0;
		for (int j = 0; j < classes; j++) sum += (double)number(logits + 4 * (size_t)j);
		extra += (double)number(logits + label) - sum / (double)classes;
		if (!gradient) continue;
		for (int j = 0; j < classes; j++) ((scalar *)gradient)[j] = ((scalar *)gradient)[j] - of_each;
		((scalar *)gradient)[labels[i]] = ((scalar *)gradient)[labels[i]] + of_label;
		gradient += stride;
	}
	totals[0] = totals[0] + smoothing * extra;
}

/* LANES rows at a time. */
static void binary_cross_entropy(
	const char *logits, size_t stride, const int32_t *labels, int rows, char *gradient, int divisor, double *totals
) {
	const float scale = (float)(1.0 / (double)divisor);
	double loss = 0;
	int right = 0;
	for (int i = 0; i < rows; i += LANES) {
		const int count = rows - i < LANES ? rows - i : LANES;
		vector s = {0}, sign = {0};
		for (int l = 0; l < count; l++) {
			const float z = number(logits + (size_t)(i + l) * stride);
			sign[l] = labels[i + l] == 1 ? -1 : 1;
			s[l] = z;
			right += (z > 0) == (labels[i + l] == 1);
		}
		s = sign * s;
		const vector logarithm = log1p_of(exp_of(negative(absolute(s)))), slope = sign * sigmoid_of(s) * scale;
		for (int l = 0; l < count; l++) {
			const float size = s[l] > 0 || s[l] != s[l] ? s[l] : 0;
			loss += (double)size + (double)logarithm[l];
			if (gradient) *(scalar *)(gradient + (size_t)(i + l) * stride) = slope[l];
		}
	}
	totals[0] = loss;
	totals[1] = right;
}

/* One sum over all, in double precision and in order. */
static void squared_error(
	const char *outputs, size_t stride, const char *targets, int rows, int width, char *gradient, int divisor, double *total
) {
	const float scale = (float)(2.0 / ((double)divisor * (double)width));
	double sum = 0;
	for (int i = 0; i < rows; i++, outputs += stride, targets += stride) {
		for (size_t j = 0; j < (size_t)width * 4; j += 4) {
			const float error = number(outputs + j) - number(targets + j);
			sum += (double)error * (double)error;
			if (gradient) *(scalar *)(gradient + j) = error * scale;
		}
		if (gradient) gradient += stride;
	}
	*total = sum / (double)width;
}

#endif
