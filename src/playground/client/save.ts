import { element } from "./dom.js";

/** Has the browser save a text as a file. */
export function save(name: string, text: string): void {
	const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
	element("a", { href: address, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
