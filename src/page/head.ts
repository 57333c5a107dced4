import { html, type Markup } from "../report/markup.js";

/** What differs between the heads of the site's documents. */
interface Head {
	readonly title: string;
	/** Addresses; `script` is null for a page that works without one. */
	readonly styles: string;
	readonly script: string | null;
	/** Sweetspot's. */
	readonly version: string;
}

/** The head of every document of the site. */
export const head = ({ title, styles, script, version }: Head): Markup => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Sweetspot ${version}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${styles}">
${script === null ? null : html`<script type="module" src="${script}"></script>`}
<title>${title} · Sweetspot</title>
</head>`;
