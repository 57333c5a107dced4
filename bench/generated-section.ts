import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Puts `text` between `<!-- NAME -->` and `<!-- /NAME -->` of a document of this project. */
export function replaceSection(document: string, name: string, text: string): void {
	const file = fileURLToPath(new URL(`../${document}`, import.meta.url));
	const [before, after] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
	const content = readFileSync(file, "utf8");
	const [from, to] = [content.indexOf(before), content.indexOf(after)];
	if (from < 0 || to < from) throw new Error(`${document} has no section ${name}`);
	writeFileSync(file, `${content.slice(0, from + before.length)}\n\n${text}\n\n${content.slice(to)}`);
}
