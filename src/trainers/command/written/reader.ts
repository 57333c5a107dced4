import type { Parsed } from "../protocol.js";

/** What a file says, and when its writer did by its own account, in milliseconds since 1970; null where it doesn't keep that. */
export interface Written {
	readonly event: Parsed;
	readonly at: number | null;
}

/** Makes events of what a file has. */
export interface FileReader {
	/** What follows is the file from its beginning. */
	anew(): void;
	push(bytes: Buffer): void;
	/** Nothing is appended any more. `whole`: its writer came to an end, so that the last line is no half of one. */
	end(whole: boolean): void;
	/** Why nothing could be read from it, where something is missing from it. */
	readonly missing: string | null;
}
