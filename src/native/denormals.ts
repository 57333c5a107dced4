/** 2⁻¹⁰⁷⁴, the least positive number. Read from memory, so that it is the processor that adds. */
const least = Float64Array.of(5e-324);

/**
 * Whether this thread computes with denormal numbers, as WebAssembly demands. A library that was compiled for speed may have set the
 * processor to take them for zero when it was loaded, for all that the thread computes.
 */
export const keepsDenormals = (): boolean => {
	const [x] = least;
	return x + x === 1e-323 && x * 1 > 0;
};
