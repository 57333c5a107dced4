/**
 * The integer whose bits are those of `x` in single precision: JavaScript hands integers to WebAssembly without allocating, fractions not
 * always.
 */
export const floatBits = (x: number): number => new Int32Array(Float32Array.of(x).buffer)[0];
