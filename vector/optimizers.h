/* Optimizers that aren't part of a gradient's product: kernels/optimizers.ts and src/engine/optimizers, operation by operation. */
#ifndef SWEETSPOT_OPTIMIZERS_H
#define SWEETSPOT_OPTIMIZERS_H

#include "epilogue.h"
#include "steps.h"

/* 2⁻⁵⁰ and 2⁻¹¹⁰: see kernels/optimizers.ts. */
#define TINY_GRADIENT 0x1p-50f
#define TINY_SQUARE 0x1p-110f

INLINE vector mean_square(vector before, vector gradient, float keep, float rest) {
	const vector seen = flushed(gradient, TINY_GRADIENT);
	return flushed(keep * before + rest * (seen * seen), TINY_SQUARE);
}

/* 0, but NaN for what is infinite. */
INLINE vector unless_infinite(vector v) { return v - v; }

static void nesterov(const scalar *settings, char *w, const char *g, char *m, int count) {
	const float rate = settings[0], mu = settings[1], lambda = settings[2];
	for (; count > 0; count -= LANES, w += WIDTH, g += WIDTH, m += WIDTH) {
		const vector before = load(w);
		const vector gradient = load(g) + lambda * before;
		const vector velocity = flushed(mu * load(m) + gradient, TINY);
		put(m, velocity, count);
		put(w, before - rate * (gradient + mu * velocity), count);
	}
}

static void rmsprop(const scalar *settings, char *w, const char *g, char *m, char *v, int count) {
	const float rate = settings[0], mu = settings[1], lambda = settings[2], alpha = settings[3], rest = settings[4], epsilon = settings[5];
	for (; count > 0; count -= LANES, w += WIDTH, g += WIDTH, m += WIDTH, v += WIDTH) {
		const vector before = load(w);
		const vector gradient = load(g) + lambda * before;
		const vector square = mean_square(load(v), gradient, alpha, rest);
		const vector scaled = gradient / (root(square) + epsilon);
		const vector velocity = flushed(mu * load(m) + scaled, TINY);
		put(v, square, count);
		put(m, velocity, count);
		put(w, before - (rate * velocity + unless_infinite(square)), count);
	}
}

static void adam(const scalar *settings, char *w, const char *g, char *m, char *v, int count) {
	const float rate = settings[0], beta1 = settings[1], rest1 = settings[2], beta2 = settings[3], rest2 = settings[4];
	const float correction = settings[5], epsilon = settings[6], lambda = settings[7], keep = settings[8];
	for (; count > 0; count -= LANES, w += WIDTH, g += WIDTH, m += WIDTH, v += WIDTH) {
		const vector before = load(w);
		const vector gradient = load(g) + lambda * before;
		const vector mean = flushed(beta1 * load(m) + rest1 * gradient, TINY);
		const vector square = mean_square(load(v), gradient, beta2, rest2);
		const vector step = rate * (mean / (root(square) / correction + epsilon));
		put(m, mean, count);
		put(v, square, count);
		put(w, flushed(keep * before - (step + unless_infinite(square)), TINY), count);
	}
}

/* What depends on the step and its rate, in double precision, as src/engine/optimizers/adam.ts computes it. */
static void begin_adam(scalar *settings, double *powers, const double *numbers, int decoupled, double rate) {
	powers[0] *= numbers[0];
	powers[1] *= numbers[1];
	settings[0] = (float)(rate / (1 - powers[0]));
	settings[5] = (float)root_of(1 - powers[1]);
	settings[8] = decoupled ? (float)(1 - rate * numbers[2]) : 1.0f;
}

/* One step at this rate, on the gradients of a pass. */
static void optimize(char *memory, const struct optimizer *o, double rate) {
	scalar *const settings = (scalar *)(memory + o->settings);
	char *const w = memory + o->parameters, *const m = memory + o->means, *const v = memory + o->squares;
	const char *const g = memory + o->gradients;
	switch (o->kind) {
	case SGD: break;
	case NESTEROV:
		settings[0] = (float)rate;
		nesterov(settings, w, g, m, o->count);
		break;
	case RMSPROP:
		settings[0] = (float)rate;
		rmsprop(settings, w, g, m, v, o->count);
		break;
	default:
		begin_adam(settings, (double *)(memory + o->powers), (const double *)(memory + o->numbers), o->kind == ADAMW, rate);
		adam(settings, w, g, m, v, o->count);
	}
}

#endif
