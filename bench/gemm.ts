import { Arena } from "../src/engine/arena.js";
import { instantiateKernels } from "../src/engine/kernels.js";

const size = 512;
const arena = new Arena();
const kernels = instantiateKernels(arena.memory);
kernels.setScratch(arena.allocate(kernels.scratchBytes()));
const [a, b, c] = [0, 1, 2].map(() => arena.floats(size * size));
for (const { view } of [a, b]) for (let i = 0; i < view.length; i++) view[i] = Math.sin(i);

/** 10⁹ floating-point operations per second in a large square product. */
export function multiplicationRate(): number {
	const start = performance.now();
	const repeats = 4;
	for (let i = 0; i < repeats; i++)
		kernels.gemm(size, size, size, a.pointer, 4 * size, 4, b.pointer, 4 * size, false, c.pointer, 4 * size, 0, 0, 0);
	return (repeats * 2 * size ** 3) / (performance.now() - start) / 1e6;
}
