/** The engine's kernels with wider vectors, compiled by scripts/build-vectors.ts when the package is built: for one platform. */
export const vectorLibrary = new URL(`../../dist/native/vectors-${process.platform}-${process.arch}.so`, import.meta.url);
