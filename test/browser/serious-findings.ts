import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds serious or critical on a page, each with its places. */
export const seriousFindings = (page: Page): Promise<unknown> =>
	page.evaluate(
		`(() => { ${axe.source}; return axe.run(document).then(({ violations }) => violations
			.filter(({ impact }) => impact === "serious" || impact === "critical")
			.map(({ id, nodes }) => id + " " + nodes.map(({ target }) => target).join(" | "))); })()`,
	);
