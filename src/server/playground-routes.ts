import type { Hono } from "hono";
import { version } from "../api/version.js";
import { siteLinks } from "../page/layout.js";
import { sheet } from "../page/sheet.js";
import { playgroundDocument } from "../playground/document.js";
import { playgroundFiles } from "../playground/files.generated.js";
import { playgroundStyles } from "../playground/sheet.js";
import { at, filesAt } from "../playground/site.js";
import { html } from "../report/markup.js";
import { readBytes } from "../trainers/read-bytes.js";

/** A browser may keep what has its version in its address. */
const kept = "private, max-age=31536000, immutable";

const scripts = Object.keys(playgroundFiles) as readonly (keyof typeof playgroundFiles)[];

/** Of the playground: they show nothing of a store. */
export const playgroundAddresses: readonly string[] = [
	"/playground",
	"/playground/playground.css",
	"/playground/digits.bin",
	...scripts.map((name) => `/playground/${name}`),
];

/** The playground's page, its scripts and its data. */
export function addPlaygroundRoutes(app: Hono): void {
	const below = (name: string) => `/playground/${at(name)}`;
	app.get("/playground", (context) =>
		context.html(
			playgroundDocument(
				{
					...{ styles: below("playground.css"), script: below("main.js"), ...filesAt(below) },
					nav: html`<nav class="bar" aria-label="Sweetspot">${siteLinks}</nav>`,
				},
				version,
			),
		),
	);
	for (const name of scripts)
		app.get(`/playground/${name}`, (context) =>
			context.body(playgroundFiles[name], 200, { "content-type": "text/javascript; charset=utf-8", "cache-control": kept }),
		);
	app.get("/playground/playground.css", (context) =>
		context.body(sheet + playgroundStyles, 200, { "content-type": "text/css; charset=utf-8", "cache-control": kept }),
	);
	app.get("/playground/digits.bin", async (context) => {
		const bytes = await readBytes({ packaged: "digits.csv.gz" });
		return bytes ? context.body(new Uint8Array(bytes), 200, { "content-type": "application/octet-stream" }) : context.notFound();
	});
}
