import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import type { Dashboard } from "./dashboard.js";

/** A head that is busy answers late; one that is down, never. */
const longestAnswerMilliseconds = 60_000;

/** The list of all jobs of a busy cluster takes some megabytes. */
const usualMostBytes = 2 ** 28;

/** An answer was longer than it may be. */
export class TooLong extends Error {}

export interface Reply {
	readonly status: number;
	readonly text: string;
	/** Milliseconds by which the head's clock is ahead of this one, to a second; 0 where it doesn't say. */
	readonly ahead: number;
	/** Where it sends us instead; null where it doesn't. */
	readonly redirect: string | null;
}

/**
 * Asks Ray's dashboard. Rejected where there is no answer in time. A redirect is returned, not followed: the token would go along. Not
 * `fetch`: Ray takes it for a browser's, which may only read (405). `body`: bytes are sent as they
 * are, other objects as JSON.
 */
export function ask(
	{ address, token }: Dashboard,
	method: "GET" | "POST" | "PUT",
	path: string,
	body: object | null = null,
	{ milliseconds = longestAnswerMilliseconds, mostBytes = usualMostBytes }: { milliseconds?: number; mostBytes?: number } = {},
): Promise<Reply> {
	const url = new URL(`${address}${path}`);
	const isBinary = body instanceof Uint8Array;
	const sent = body === null ? null : isBinary ? body : Buffer.from(JSON.stringify(body));
	return new Promise((resolve, reject) => {
		const asked = (url.protocol === "https:" ? overHttps : overHttp)(
			url,
			{
				method,
				headers: {
					...(token !== null && { Authorization: `Bearer ${token}` }),
					...(sent !== null && {
						"Content-Type": isBinary ? "application/octet-stream" : "application/json",
						"Content-Length": sent.length,
					}),
				},
				signal: AbortSignal.timeout(milliseconds),
			},
			(answer) => {
				const parts: Buffer[] = [];
				let bytes = 0;
				answer.on("data", (part: Buffer) => {
					bytes += part.length;
					if (bytes > mostBytes) asked.destroy(new TooLong(`its answer has more than ${mostBytes} bytes`));
					else parts.push(part);
				});
				answer.on("error", reject);
				answer.on("end", () =>
					resolve({
						status: answer.statusCode ?? 0,
						text: Buffer.concat(parts).toString("utf8"),
						ahead: (Date.parse(answer.headers.date ?? "") || Date.now()) - Date.now(),
						redirect: answer.headers.location ?? null,
					}),
				);
			},
		);
		asked.on("error", (error) =>
			reject(error.name === "AbortError" || error.name === "TimeoutError" ? new Error("no answer in time") : error),
		);
		asked.end(sent ?? undefined);
	});
}
