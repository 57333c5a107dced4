import { arch, availableParallelism, cpus, platform } from "node:os";

/** This machine in a line, for what was measured on it. */
export const describeMachine = (): string =>
	`${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ${platform()} ${arch()}, Node ${process.versions.node}, WebAssembly SIMD`;
