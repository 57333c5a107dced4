import type { Context } from "hono";
import { version } from "../api/version.js";
import { messagePage } from "../page/message-page.js";
import { html } from "../report/markup.js";
import type { Access } from "./access.js";
import { respondError } from "./respond.js";

/** Exchanges the token of the printed link for a cookie, and redirects to an address without the token. */
export function enter(context: Context, access: Access, port: number): Response {
	if (!access.isToken(context.req.query("token"))) {
		return respondError(
			context,
			401,
			"this link is of an earlier start of the server",
			"open the link that `sweetspot serve` printed last",
		);
	}
	context.header("set-cookie", access.cookie(port));
	const site = context.req.header("sec-fetch-site") ?? "none";
	if (["none", "same-origin"].includes(site)) return context.redirect("/studies", 303);
	// A browser sends no such cookie with a redirect that began on another site, such as a terminal in a web page; from a page of ours it
	// does.
	context.header("refresh", "0; url=/studies");
	return context.html(
		messagePage("Welcome", "Your studies open in a moment.", version, html`<p><a href="/studies">Go on to the studies</a></p>`),
	);
}
