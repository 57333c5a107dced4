import { head } from "../page/head.js";
import { html, type Markup } from "../report/markup.js";

/** Where the page's files lie, and what stands above it. */
export interface Around {
	readonly styles: string;
	readonly script: string;
	/** Of a lane's worker, and of a race's worker and charts. */
	readonly lane: string;
	readonly race: string;
	readonly charts: string;
	readonly nav: Markup | null;
}

/** The playground as a document. All that it shows is made by its script. */
export const playgroundDocument = ({ styles, script, lane, race, charts, nav }: Around, version: string): string =>
	html`<!doctype html>
<html lang="en">
${head({ title: "Playground", styles, script, version })}
<body>
<a class="skip" href="#playground">Skip to the content</a>
${nav}
<main id="main">
<h1>Batch sizes side by side</h1>
<p class="lead">Each lane trains the same network on the same examples, from the same weights. Only what stands in its head differs. Change anything while it trains.</p>
<div id="playground" data-lane="${lane}" data-race="${race}" data-charts="${charts}"><p class="note">The playground needs a browser with JavaScript, web workers and WebAssembly SIMD.</p></div>
</main>
</body>
</html>
`.text;
