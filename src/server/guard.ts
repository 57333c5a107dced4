import type { Context, MiddlewareHandler } from "hono";
import type { Access } from "./access.js";
import { playgroundAddresses } from "./playground-routes.js";
import type { Refusal } from "./refusal.js";
import { isWriting, refusalOfWriting } from "./writing.js";

const longestAddress = 2048;

/** What the browser may do with our pages: load nothing from elsewhere, no inline script, no inline style, no frame around them. */
const pagePolicy =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A report is one file with its styles in it. In a sandbox it has no origin, and can do nothing. */
export const reportPolicy =
	"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/** Names by which this machine calls itself. A name that resolves to 127.0.0.1 but is none of these is an attack (DNS rebinding). */
const ownHost = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i;

/** Addresses that show nothing of a store. */
const open: ReadonlySet<string> = new Set(["/enter", "/assets/page.css", "/assets/page.js", ...playgroundAddresses]);

function refusalOf(context: Context, access: Access, port: number): Refusal | null {
	const { method, url } = context.req;
	const header = (name: string) => context.req.header(name);
	const host = header("host") ?? "";
	if (!ownHost.test(host)) {
		return { status: 403, message: "this host name is not ours", fix: "open the link that `sweetspot serve` printed" };
	}
	const origin = header("origin");
	if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
		return { status: 403, message: "requests of other sites are refused", fix: "open the link that `sweetspot serve` printed" };
	}
	// A navigation shows a page to the user only. Every other request from another site is refused, although it carries no cookie anyway.
	const site = header("sec-fetch-site") ?? "none";
	if (!["same-origin", "none"].includes(site) && header("sec-fetch-mode") !== "navigate") {
		return { status: 403, message: "requests of other sites are refused", fix: "open the link that `sweetspot serve` printed" };
	}
	const writes = isWriting(method, context.req.path);
	if (!writes && method !== "GET" && method !== "HEAD") return { status: 405, message: "this address can only be read", fix: "use GET" };
	if (!writes && (Number(header("content-length") ?? 0) > 0 || header("transfer-encoding") !== undefined)) {
		return { status: 413, message: "requests have no body", fix: "send the request without a body" };
	}
	if (url.length > longestAddress) {
		return { status: 414, message: "the address is too long", fix: `use at most ${longestAddress} characters` };
	}
	if (!open.has(context.req.path) && !access.mayLook(header("cookie"), header("authorization"), port)) {
		return {
			status: 401,
			message: "this server shows its studies only to who started it",
			fix: "open the link that `sweetspot serve` printed; programs send `Authorization: Bearer TOKEN`, with the token in server.json in the store’s folder",
		};
	}
	return writes ? refusalOfWriting(context) : null;
}

/** Admits only clients of this machine that `access` knows, and sends the browser the policy for our pages. */
export const guard =
	(access: Access, port: () => number, refuse: (context: Context, refusal: Refusal) => Response): MiddlewareHandler =>
	async (context, next) => {
		const refusal = refusalOf(context, access, port());
		if (refusal) context.res = refuse(context, refusal);
		else await next();
		const { headers } = context.res;
		if (!headers.has("content-security-policy")) headers.set("content-security-policy", pagePolicy);
		if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
		headers.set("x-content-type-options", "nosniff");
		headers.set("x-frame-options", "DENY");
		headers.set("referrer-policy", "no-referrer");
		headers.set("cross-origin-resource-policy", "same-origin");
		headers.set("cross-origin-opener-policy", "same-origin");
	};
