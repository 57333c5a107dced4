import { createHash } from "node:crypto";
import { type Content, html } from "../report/markup.js";
import { withClasses } from "./with-classes.js";
import { withoutInnerNames } from "./without-inner-names.js";

/** A piece of a page that is replaced as a whole when it changes. */
export interface Part {
	readonly name: string;
	/** Equal for equal content: a client that has this version needs no update. */
	readonly version: string;
	readonly html: string;
}

/** A part without inline styles, which the page's policy refuses. */
export function part(name: string, content: Content): Part {
	const { text } = html`${content}`;
	const styled = withoutInnerNames(withClasses(text));
	return { name, version: createHash("sha256").update(styled).digest("hex").slice(0, 12), html: styled };
}
