import { clientScript } from "../page/client.generated.js";
import { sheet } from "../page/sheet.js";

/** The files that pages load, by address: all there are. */
export const assets: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
	"/assets/page.css": { type: "text/css; charset=utf-8", text: sheet },
	"/assets/page.js": { type: "text/javascript; charset=utf-8", text: clientScript },
};
