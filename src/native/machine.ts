import { arch, availableParallelism, cpus, platform } from "node:os";

/** This machine in a line, for what was measured on it; with the library that took part, if one did. */
export const describeMachine = (library: string | null = null): string =>
	`${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ${platform()} ${arch()}, Node ${process.versions.node}, WebAssembly SIMD${library === null ? "" : `, ${library}`}`;
