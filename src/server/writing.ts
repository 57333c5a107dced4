import type { Context } from "hono";
import type { Refusal } from "./refusal.js";

/** The requests that do more than look: see `write-routes.ts`. */
const writing = /^\/(studies|studies\/[^/]+\/(stop|resume)|experiments\/[^/]+\/(run|stop))$/;

/** Bytes of a body: a study file has some hundreds. */
const mostBytes = 65_536;

/** A header that no form or image of another site can send. A script of another site would have to ask us first, and is refused. */
const ownHeader = "sweetspot-request";

export const isWriting = (method: string, path: string): boolean => method === "POST" && writing.test(path);

/**
 * Why a request that starts or stops something is refused, in addition to the general checks. Three things each keep other sites out: the
 * cookie, which is SameSite=Strict; the origin, which a browser always sends here; a header and a type that only a script of our own may
 * send.
 */
export function refusalOfWriting({ req }: Context): Refusal | null {
	const header = (name: string) => req.header(name);
	if (header(ownHeader) === undefined) {
		return {
			status: 403,
			message: "this request is not the page’s own",
			fix: `use the page’s buttons; programs send the header \`${ownHeader}: 1\``,
		};
	}
	if (header("origin") === undefined && header("authorization") === undefined) {
		return {
			status: 403,
			message: "this request names no origin",
			fix: "use the page’s buttons; programs send `Authorization: Bearer TOKEN`",
		};
	}
	if (!["same-origin", undefined].includes(header("sec-fetch-site"))) {
		return { status: 403, message: "requests of other sites are refused", fix: "use the page’s buttons" };
	}
	if (!/^application\/json(;|$)/i.test(header("content-type") ?? "")) {
		return { status: 415, message: "the body is not JSON", fix: "send `Content-Type: application/json`" };
	}
	const length = header("content-length");
	if (header("transfer-encoding") !== undefined || length === undefined || !/^\d{1,9}$/.test(length)) {
		return { status: 411, message: "the length of the body is not given", fix: "send `Content-Length`" };
	}
	if (Number(length) > mostBytes) {
		return { status: 413, message: "the body is too large", fix: `use at most ${mostBytes.toLocaleString("en-US")} bytes` };
	}
	return null;
}
