import { type Content, html, Markup } from "./markup.js";
import { styles } from "./styles.js";

/**
 * A page as one HTML file that needs no script and no network, and reads on a phone, in the dark and on paper. `version`: of the program
 * that made what it shows.
 */
export const page = (about: { readonly title: string; readonly version: string }, content: Content): string =>
	html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="generator" content="Sweetspot ${about.version}">
<link rel="icon" href="data:,">
<title>${about.title} · Sweetspot</title>
<style>${new Markup(styles)}</style>
</head>
<body><main>
${content}
</main></body>
</html>
`.text;
