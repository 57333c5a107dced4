import { open } from "node:fs/promises";

/** The first bytes of a file: enough to see what it is. A database or a log may be larger than memory. */
export async function beginningOf(path: string, most: number): Promise<Uint8Array> {
	const handle = await open(path);
	try {
		const { bytesRead, buffer } = await handle.read(Buffer.alloc(most), 0, most, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await handle.close();
	}
}
