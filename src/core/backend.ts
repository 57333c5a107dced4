/**
 * What computes a network's matrix products: WebAssembly; wider vectors of this machine, with the same bits; or for the large ones its
 * BLAS, with bits of its own. auto: wider vectors where there are some, else WebAssembly.
 */
export const backends = ["auto", "wasm", "vector", "blas"] as const;
export type Backend = (typeof backends)[number];

/**
 * Whose bits the trials of a study have: ours, the same everywhere, or those of a BLAS on one machine. Studies of different bits are
 * different studies.
 */
export type Bits = "wasm" | "blas";

export const bitsOf = (backend: Backend): Bits => (backend === "blas" ? "blas" : "wasm");
