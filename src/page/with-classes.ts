import { internal } from "../core/errors.js";

const tagWithStyle = /<(\w+)([^>]*?) style="([^"]*)"([^>]*)>/g;
const innerSheet = /<style\b[^>]*>[\s\S]*?<\/style>/g;

/**
 * Markup of charts and tables with classes in place of style attributes and of the style sheet that each chart brings along. The page's
 * policy allows no inline style; its own sheet (`sheet.ts`) has the rules of these classes. Charts write few styles, all of them known.
 */
export const withClasses = (markup: string): string =>
	markup.replace(innerSheet, "").replace(tagWithStyle, (_, tag: string, before: string, style: string, after: string) => {
		const name = classOf(style);
		const attributes = `${before}${after}`;
		return attributes.includes(' class="')
			? `<${tag}${attributes.replace(' class="', ` class="${name} `)}>`
			: `<${tag} class="${name}"${attributes}>`;
	});

function classOf(style: string): string {
	const [, batch] = /^background:var\(--batch-(\d+), #[0-9a-f]{6}\)$/.exec(style) ?? [];
	if (batch) return `batch-${batch}`;
	const [, size] =
		/^font-family:[^:]*;font-size:(\d+)px;color:var\(--muted, #[0-9a-f]{6}\);background:none;overflow:visible$/.exec(style) ?? [];
	if (size) return `text-${size}`;
	throw internal(`no class of the page has the style ${style}`);
}
