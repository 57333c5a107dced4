/** A piece of HTML that is safe to insert as it is. */
export class Markup {
	constructor(readonly text: string) {}
}

export type Content = Markup | string | number | null | readonly Content[];

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text as HTML shows it, in content and in quoted attributes alike. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]);

function render(content: Content): string {
	if (content === null) return "";
	if (content instanceof Markup) return content.text;
	return typeof content === "object" ? content.map(render).join("") : escapeHtml(String(content));
}

/** HTML with every inserted text escaped; markup goes in as it is, null as nothing, lists one after the other. */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Markup =>
	new Markup(parts.map((part, i) => part + (i < contents.length ? render(contents[i]) : "")).join(""));
