/*
 * Vectors of WIDTH bytes (16, 32 or 64) in GNU C, and what WebAssembly's operations on them mean. Nothing here is fused or approximate: the build
 * allows no contraction, and a test looks through the compiled library.
 */
#ifndef SWEETSPOT_LANES_H
#define SWEETSPOT_LANES_H

#include <float.h>
#include <stddef.h>
#include <stdint.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

_Static_assert(FLT_EVAL_METHOD == 0, "single precision must round after every operation");
_Static_assert(sizeof(void *) == 8, "addresses of 64 bits: x86-64 and aarch64 only");

#define LANES (WIDTH / 4)

typedef float vector __attribute__((vector_size(WIDTH)));
typedef int32_t mask __attribute__((vector_size(WIDTH)));
/* As it lies in memory: on any address of a float, which other types may share. */
typedef float unaligned __attribute__((vector_size(WIDTH), aligned(4), may_alias));
typedef float four __attribute__((vector_size(16), aligned(4), may_alias));
typedef int32_t places __attribute__((vector_size(16), aligned(4), may_alias));
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

/*
 * v times the number at `by`. With 512 bits the multiplication itself spreads the number over the lanes. Spread by an instruction of its own
 * it takes a vector unit on Zen 4, and products reached 68 of the 117 GFLOP/s that the units have there; so they reach 85 to 95. A compiler
 * that sees one number used twice spreads it once, hence the assembly.
 */
#if WIDTH == 64
INLINE vector scaled(const char *by, vector v) {
	vector product;
	__asm__("vmulps %2%{1to16%}, %1, %0" : "=v"(product) : "v"(v), "m"(*(const scalar *)by));
	return product;
}
#else
INLINE vector scaled(const char *by, vector v) { return splat(number(by)) * v; }
#endif

/* The first `lanes` lanes (LANES or more: all). What lies behind them keeps its value. */
INLINE void put(char *to, vector v, int lanes) {
	if (lanes >= LANES) {
		*(unaligned *)to = v;
		return;
	}
#if WIDTH == 64
	_mm512_mask_storeu_ps(to, (__mmask16)((1u << lanes) - 1), (__m512)v);
#else
	for (int i = 0; i < lanes; i++) ((scalar *)to)[i] = v[i];
#endif
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

/* a where the mask's bits are set, else b. */
INLINE vector where(mask chosen, vector a, vector b) { return (vector)(((mask)a & chosen) | ((mask)b & ~chosen)); }

/* pmax(a, b), as WebAssembly has it. */
INLINE vector larger(vector a, vector b) { return where(a < b, b, a); }

INLINE vector absolute(vector v) { return (vector)((mask)v & 0x7fffffff); }
INLINE vector negative(vector v) { return (vector)((mask)v ^ (mask)splat(-0.0f)); }

/* To the nearest integer, ties to even; and the root, exact to a rounding. */
#if WIDTH == 64
INLINE vector nearest(vector v) { return (vector)_mm512_roundscale_ps((__m512)v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
INLINE vector root(vector v) { return (vector)_mm512_sqrt_ps((__m512)v); }
#elif WIDTH == 32
INLINE vector nearest(vector v) { return (vector)_mm256_round_ps((__m256)v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
INLINE vector root(vector v) { return (vector)_mm256_sqrt_ps((__m256)v); }
#elif defined(__aarch64__)
INLINE vector nearest(vector v) { return (vector)vrndnq_f32((float32x4_t)v); }
INLINE vector root(vector v) { return (vector)vsqrtq_f32((float32x4_t)v); }
#endif

/* Of one number in double precision. The library's own root would have to be linked to. */
#if defined(__x86_64__)
INLINE double root_of(double x) { return _mm_cvtsd_f64(_mm_sqrt_pd(_mm_set1_pd(x))); }
#elif defined(__aarch64__)
INLINE double root_of(double x) { return vget_lane_f64(vsqrt_f64(vdup_n_f64(x)), 0); }
#endif

/* The lanes of v that `from` names, each below LANES. */
#define PICKS 1
#if WIDTH == 64
INLINE vector picked(vector v, mask from) { return (vector)_mm512_permutexvar_ps((__m512i)from, (__m512)v); }
#elif WIDTH == 32
INLINE vector picked(vector v, mask from) { return (vector)_mm256_permutevar8x32_ps((__m256)v, (__m256i)from); }
#else
#undef PICKS
#endif

/*
 * A vector as several of four floats, each with a row of its own: sums along a row keep the four partial sums that WebAssembly has, and are
 * folded as there.
 */
#define SEGMENTS (WIDTH / 16)

#if WIDTH == 64
#define OF_FOUR(a, b, c, d) {a, b, c, d, a, b, c, d, a, b, c, d, a, b, c, d}
INLINE vector halves_swapped(vector v) { return (vector)_mm512_permute_ps((__m512)v, 0x4e); }
INLINE vector neighbours_swapped(vector v) { return (vector)_mm512_permute_ps((__m512)v, 0xb1); }
INLINE vector load_segments(const char *const at[SEGMENTS], size_t offset) {
	__m512 v = _mm512_castps128_ps512(_mm_loadu_ps((const float *)(at[0] + offset)));
	v = _mm512_insertf32x4(v, _mm_loadu_ps((const float *)(at[1] + offset)), 1);
	v = _mm512_insertf32x4(v, _mm_loadu_ps((const float *)(at[2] + offset)), 2);
	return (vector)_mm512_insertf32x4(v, _mm_loadu_ps((const float *)(at[3] + offset)), 3);
}
INLINE four segment(vector v, const int i) {
	return (four)(i == 0 ? _mm512_castps512_ps128((__m512)v)
		: i == 1         ? _mm512_extractf32x4_ps((__m512)v, 1)
		: i == 2         ? _mm512_extractf32x4_ps((__m512)v, 2)
						 : _mm512_extractf32x4_ps((__m512)v, 3));
}
#elif WIDTH == 32
#define OF_FOUR(a, b, c, d) {a, b, c, d, a, b, c, d}
INLINE vector halves_swapped(vector v) { return (vector)_mm256_permute_ps((__m256)v, 0x4e); }
INLINE vector neighbours_swapped(vector v) { return (vector)_mm256_permute_ps((__m256)v, 0xb1); }
INLINE vector load_segments(const char *const at[SEGMENTS], size_t offset) {
	const __m256 v = _mm256_castps128_ps256(_mm_loadu_ps((const float *)(at[0] + offset)));
	return (vector)_mm256_insertf128_ps(v, _mm_loadu_ps((const float *)(at[1] + offset)), 1);
}
INLINE four segment(vector v, const int i) {
	return (four)(i == 0 ? _mm256_castps256_ps128((__m256)v) : _mm256_extractf128_ps((__m256)v, 1));
}
#else
#define OF_FOUR(a, b, c, d) {a, b, c, d}
INLINE vector halves_swapped(vector v) { return SHUFFLE(v, v, 2, 3, 4, 5); }
INLINE vector neighbours_swapped(vector v) { return SHUFFLE(v, v, 1, 0, 3, 2); }
INLINE vector load_segments(const char *const at[SEGMENTS], size_t offset) { return load(at[0] + offset); }
INLINE four segment(vector v, const int i) {
	(void)i;
	return v;
}
#endif

/* The first `rows` segments, each to its place. */
INLINE void put_segments(char *const at[SEGMENTS], size_t offset, vector v, int rows) {
	UNROLL(4) for (int i = 0; i < SEGMENTS; i++) if (i < rows) *(four *)(at[i] + offset) = segment(v, i);
}

/* In every lane of a segment the sum of its four: (0 + 2) + (1 + 3), as kernels/softmax.ts and kernels/reduce.ts fold them. */
INLINE vector folded(vector v) {
	const vector halves = v + halves_swapped(v);
	return halves + neighbours_swapped(halves);
}

#endif
