import type { LibraryHandle } from "koffi";
import { SweetspotError } from "../core/errors.js";

export type Koffi = typeof import("koffi");

/**
 * koffi calls C functions. It ships a binary for each platform, as an optional dependency: it may be missing. `what`: what can't be called
 * without it.
 */
export async function loadKoffi(what: string): Promise<Koffi> {
	try {
		return await import("koffi");
	} catch (cause) {
		throw new SweetspotError(
			"backend/not-found",
			`the package koffi, through which ${what}, is not installed or has no binary for this platform`,
			"npm install koffi, or omit --backend",
			{ cause },
		);
	}
}

export function openLibrary(koffi: Koffi, name: string): LibraryHandle | null {
	try {
		return koffi.load(name);
	} catch {
		return null;
	}
}

/** The address of a memory's first byte. Asked for anew when the memory has grown, since it may have moved. */
export function addressOf(koffi: Koffi, memory: WebAssembly.Memory): () => number {
	let { buffer } = memory;
	let base = Number(koffi.address(new Uint8Array(buffer)));
	return () => {
		if (buffer !== memory.buffer) {
			buffer = memory.buffer;
			base = Number(koffi.address(new Uint8Array(buffer)));
		}
		return base;
	};
}
