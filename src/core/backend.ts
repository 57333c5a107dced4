/** What computes a network's matrix products: our own kernels, or the machine's BLAS for the large ones. */
export const backends = ["wasm", "native"] as const;
export type Backend = (typeof backends)[number];
