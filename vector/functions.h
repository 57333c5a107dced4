/* The functions of kernels/math.ts, operation by operation: what they compute, and how precisely, is said there. */
#ifndef SWEETSPOT_FUNCTIONS_H
#define SWEETSPOT_FUNCTIONS_H

#include "lanes.h"

typedef uint32_t bits __attribute__((vector_size(WIDTH)));

INLINE vector exp_of(vector x) {
	const vector n = nearest(x * 1.4426950408889634f);
	vector r = x - n * 0.693359375f;
	r = r + n * 2.12194440e-4f;
	vector p = splat(1.9875691500e-4f);
	p = p * r + 1.3981999507e-3f;
	p = p * r + 8.3334519073e-3f;
	p = p * r + 4.1665795894e-2f;
	p = p * r + 1.6666665459e-1f;
	p = p * r + 0.5f;
	p = p * r * r + r;
	p = p + 1.0f;
	/* What doesn't fit an integer is a NaN, which stays one whatever it is multiplied by, or below −55. */
	const vector power = (vector)(((bits)__builtin_convertvector(n, mask) + 127u) << 23);
	return (vector)((mask)(p * power) & ~(x < -55.0f));
}

INLINE vector log_of(vector x) {
	const bits b = (bits)x - 0x3f3504f3u;
	const vector e = __builtin_convertvector((mask)b >> 23, vector);
	const vector m = (vector)((b & 0x007fffffu) + 0x3f3504f3u);
	const vector f = m - 1.0f;
	const vector square = f * f;
	vector p = splat(7.0376836292e-2f);
	p = p * f + -1.1514610310e-1f;
	p = p * f + 1.1676998740e-1f;
	p = p * f + -1.2420140846e-1f;
	p = p * f + 1.4249322787e-1f;
	p = p * f + -1.6668057665e-1f;
	p = p * f + 2.0000714765e-1f;
	p = p * f + -2.4999993993e-1f;
	p = p * f + 3.3333331174e-1f;
	p = p * f * square;
	p = p + e * -2.12194440e-4f;
	p = p - square * 0.5f;
	const vector sum = (f + p) + e * 0.693359375f;
	return (vector)((mask)sum | ((x - x) != 0.0f));
}

INLINE vector log1p_of(vector x) {
	const vector u = 1.0f + x;
	return where(u == 1.0f, x, log_of(u) * x / (u - 1.0f));
}

INLINE vector sigmoid_of(vector x) {
	const vector e = exp_of(negative(absolute(x)));
	return where(x < 0.0f, e, splat(1.0f)) / (1.0f + e);
}

INLINE vector tanh_of(vector x) {
	const vector size = absolute(x), z = x * x;
	vector p = splat(-5.70498872745e-3f);
	p = p * z + 2.06390887954e-2f;
	p = p * z + -5.37397155531e-2f;
	p = p * z + 1.33314422036e-1f;
	p = p * z + -3.33332819422e-1f;
	const vector near = x + p * z * x;
	const vector e = exp_of(size * -2.0f);
	const vector far = 1.0f - (e + e) / (1.0f + e);
	const vector with_sign = (vector)((bits)far | ((bits)x & 0x80000000u));
	return where(size < 0.625f, near, with_sign);
}

INLINE vector normal_of(vector x, vector bell) {
	const vector t = absolute(x) * 0.7071067811865476f, z = t * t;
	vector near = splat(7.853861353153693e-5f);
	near = near * z + -8.010193625184903e-4f;
	near = near * z + 5.188327685732524e-3f;
	near = near * z + -2.685381193529856e-2f;
	near = near * z + 1.12835851486142e-1f;
	near = near * z + -3.7612625824233e-1f;
	near = near * z + 1.128379165726710f;
	near = near * t * 0.5f;
	const vector q = 1.0f / where(t < 1.0f, splat(1.0f), t), y = q * q; /* max(t, 1): t is not negative, and a NaN stays */
	vector p = splat(2.326819970068386e-2f);
	p = p * y + -1.387039388740657e-1f;
	p = p * y + 3.687424674597105e-1f;
	p = p * y + -5.824733027278666e-1f;
	p = p * y + 6.210004621745983e-1f;
	p = p * y + -4.944515323274145e-1f;
	p = p * y + 3.404879937665872e-1f;
	p = p * y + -2.741127028184656e-1f;
	p = p * y + 5.638259427386472e-1f;
	vector r = splat(-1.047766399936249e1f);
	r = r * y + 1.297719955372516e1f;
	r = r * y + -7.495518717768503f;
	r = r * y + 2.921019019210786f;
	r = r * y + -1.015265279202700f;
	r = r * y + 4.218463358204948e-1f;
	r = r * y + -2.820767439740514e-1f;
	r = r * y + 5.641895067754075e-1f;
	const vector tail = where(t > 2.0f, r, p) * q * bell * 0.5f;
	const mask below = x < 0.0f;
	return where(t > 1.0f, where(below, tail, 1.0f - tail), 0.5f + where(below, negative(near), near));
}

#endif
