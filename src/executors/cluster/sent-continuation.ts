import type { Continuation } from "../../core/continuation.js";

/** A continuation as JSON: what a job that ended a run says, and what the job that goes on with it is given. */
export interface SentContinuation extends Omit<Continuation, "saved"> {
	/** Base64. */
	readonly saved: string;
}

/** Saved bytes of one run that a job sends. A larger run begins anew in its next job. */
export const mostSaved = {
	/** Through a folder that both see. */
	folder: 2 ** 24,
	/** Over its log, which is read as a whole each time. */
	log: 2 ** 18,
} as const;

/** Saved bytes that one job is given. */
const mostGiven = { folder: 2 ** 26, log: 2 ** 20 } as const;

export const sent = ({ saved, ...rest }: Continuation): SentContinuation => ({ ...rest, saved: Buffer.from(saved).toString("base64") });

export const received = ({ saved, ...rest }: SentContinuation): Continuation => ({
	...rest,
	saved: new Uint8Array(Buffer.from(saved, "base64")),
});

/** As many of these as a job may be given. */
export function given(continuations: readonly Continuation[], sharesFolder: boolean): readonly SentContinuation[] {
	let room: number = sharesFolder ? mostGiven.folder : mostGiven.log;
	return continuations.flatMap((one) => {
		if (one.saved.length > room) return [];
		room -= one.saved.length;
		return sent(one);
	});
}
