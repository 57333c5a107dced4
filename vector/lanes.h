/*
 * Vectors of WIDTH bytes (16, 32 or 64) in GNU C, and what WebAssembly's operations on them mean. Nothing here is fused or approximate: the build
 * allows no contraction, and a test looks through the compiled library.
 */
#ifndef SWEETSPOT_LANES_H
#define SWEETSPOT_LANES_H

#include <float.h>
#include <stddef.h>
#include <stdint.h>

_Static_assert(FLT_EVAL_METHOD == 0, "single precision must round after every operation");
_Static_assert(sizeof(void *) == 8, "addresses of 64 bits: x86-64 and aarch64 only");

#define LANES (WIDTH / 4)

typedef float vector __attribute__((vector_size(WIDTH)));
typedef int32_t mask __attribute__((vector_size(WIDTH)));
/* As it lies in memory: on any address of a float, which other types may share. */
typedef float unaligned __attribute__((vector_size(WIDTH), aligned(4), may_alias));
typedef float four __attribute__((vector_size(16), aligned(4), may_alias));
typedef int32_t places __attribute__((vector_size(16)));
typedef float scalar __attribute__((may_alias));

/* Loops whose bounds are known become straight code. */
#define PRAGMA(text) _Pragma(#text)
#ifdef __clang__
#define UNROLL(n) PRAGMA(unroll)
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define UNROLL(n) PRAGMA(GCC unroll n)
#define SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (places){__VA_ARGS__})
#endif

#define INLINE static inline __attribute__((always_inline))

INLINE vector load(const char *from) { return *(const unaligned *)from; }
INLINE float number(const char *from) { return *(const scalar *)from; }
INLINE vector splat(float x) { return x - (vector){0}; } /* x − 0 is x, −0 and denormals included */

/* The first `lanes` lanes (LANES or more: all). What lies behind them keeps its value. */
INLINE void put(char *to, vector v, int lanes) {
	if (lanes >= LANES) {
		*(unaligned *)to = v;
		return;
	}
	for (int i = 0; i < lanes; i++) ((scalar *)to)[i] = v[i];
}

/* pmax(0, v), as WebAssembly has it: v < 0 ? 0 : v. Keeps NaN and −0. */
INLINE vector rectified(vector v) { return (vector)((mask)v & ~(v < 0)); }

/* v where `of` is positive, else +0. */
INLINE vector where_positive(vector v, vector of) { return (vector)((mask)v & (of > 0)); }

/* v, or +0 where |v| is below `least`. A NaN is not less than anything: it stays. */
INLINE vector flushed(vector v, float least) {
	const vector size = (vector)((mask)v & 0x7fffffff);
	return (vector)((mask)v & ~(size < least));
}

#endif
