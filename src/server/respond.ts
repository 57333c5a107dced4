import type { Context } from "hono";
import { z } from "zod";
import { version } from "../api/version.js";
import { type ErrorCode, SweetspotError } from "../core/errors.js";
import { type Page, render } from "../page/layout.js";
import { messagePage } from "../page/message-page.js";
import { html } from "../report/markup.js";
import { heldParts } from "./queries.js";
import type { ErrorStatus } from "./refusal.js";
import { RefusedRun } from "./runs-desk.js";
import { BadBody } from "./write-routes.js";

const partsHeader = "sweetspot-parts";

/** A page as a document; or, for a page that is open already, only the parts that it doesn't have. */
export function respondPage(context: Context, page: Page): Response {
	const header = context.req.header(partsHeader);
	if (header === undefined) return context.html(render(page, version));
	const held = heldParts.parse(header);
	return context.json({
		title: `${page.title} · Sweetspot`,
		parts: page.parts.filter((part) => held.get(part.name) !== part.version),
		names: page.parts.map(({ name }) => name),
	});
}

/** An error as JSON where JSON was asked for, else as a page. */
export function respondError(context: Context, status: ErrorStatus, message: string, fix: string): Response {
	const { path } = context.req;
	const asJson =
		context.req.method === "POST" || path.endsWith(".json") || path.endsWith("/events") || context.req.header(partsHeader) !== undefined;
	const headers = status === 405 ? { allow: "GET, HEAD" } : {};
	if (asJson) return context.json({ error: message, fix }, status, headers);
	const more = status === 401 ? enterHint : status === 403 ? null : home;
	return context.html(messagePage(message, fix, version, more), status, headers);
}

/** A link from another site sends no cookie, even if there is one. One click on our own page does. */
const home = html`<p><a href="/studies">All studies</a></p>`;
const enterHint = html`<p>If you have just opened that link, <a href="/">go on to the studies</a>.</p>`;

const statuses: Partial<Record<ErrorCode, ErrorStatus>> = {
	"store/no-such-study": 404,
	"store/ambiguous": 404,
	"experiment/unknown": 404,
	"store/in-use": 409,
	"store/not-running": 409,
	"server/not-allowed": 403,
};

/** Any error as a response. It repeats nothing of the request except what the error itself contains. */
export function respondFailure(context: Context, error: Error): Response {
	if (error instanceof SweetspotError) return respondError(context, statuses[error.code] ?? 503, error.message, error.fix);
	if (error instanceof RefusedRun) return respondError(context, error.status, error.message, error.fix);
	if (error instanceof BadBody) return respondError(context, 400, error.message, "send an object as JSON");
	if (error instanceof z.ZodError) {
		const { path, message } = error.issues[0];
		return respondError(
			context,
			400,
			`this ${context.req.method === "POST" ? "request" : "address"} can't be read: ${path.join(".") || "value"}: ${message}`,
			"go back, or start from the list of studies",
		);
	}
	return respondError(context, 500, "this is a bug in Sweetspot, not in your setup", "reload the page; if it stays, please report it");
}
