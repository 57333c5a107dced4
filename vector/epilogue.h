/* What happens to a finished sum before it leaves its register: kernels/epilogue.ts, operation by operation. */
#ifndef SWEETSPOT_EPILOGUE_H
#define SWEETSPOT_EPILOGUE_H

#include "lanes.h"
#include "product.h"

/* 2⁻⁸⁰: see kernels/epilogue.ts. */
#define TINY 0x1p-80f

struct epilogue {
	int kind;
	/* Bytes from an element of C to the mask's, or to the velocity, and to the parameter. */
	ptrdiff_t to_first, to_second;
	float rate, momentum, decay;
};

INLINE void descend(char *velocity_at, char *parameter_at, vector gradient, int lanes, const struct epilogue *e) {
	const vector before = load(parameter_at);
	const vector decayed = gradient + e->decay * before;
	const vector velocity = flushed(e->momentum * load(velocity_at) + decayed, TINY);
	put(velocity_at, velocity, lanes);
	put(parameter_at, before - e->rate * velocity, lanes);
}

INLINE void stored(char *c, vector sum, int lanes, const struct epilogue *e) {
	(void)e;
	put(c, sum, lanes);
}

INLINE void rectify(char *c, vector sum, int lanes, const struct epilogue *e) {
	(void)e;
	put(c, rectified(sum), lanes);
}

INLINE void masked(char *c, vector sum, int lanes, const struct epilogue *e) {
	put(c, where_positive(sum, load(c + e->to_first)), lanes);
}

INLINE void descended(char *c, vector sum, int lanes, const struct epilogue *e) {
	descend(c + e->to_first, c + e->to_second, sum, lanes, e);
}

#endif
