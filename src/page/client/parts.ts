import { restoreChoices } from "./choices.js";
import { showConnection } from "./connection.js";
import { keeping } from "./keeping.js";

interface Update {
	readonly title: string;
	readonly parts: readonly { readonly name: string; readonly version: string; readonly html: string }[];
	readonly names: readonly string[];
}

const partsOf = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-part]")];

let isRunning = false;
let isWanted = false;

/** Fetches the parts of this page that have changed and replaces them. Calls during a fetch lead to one further fetch. */
export async function update(): Promise<void> {
	isWanted = true;
	if (isRunning) return;
	isRunning = true;
	try {
		while (isWanted) {
			isWanted = false;
			await fetchOnce();
		}
	} finally {
		isRunning = false;
	}
}

async function fetchOnce(): Promise<void> {
	const held = partsOf().map((part) => `${part.dataset.part}=${part.dataset.version}`);
	let response: Response;
	try {
		response = await fetch(location.href, { headers: { "sweetspot-parts": held.join(",") }, cache: "no-store" });
	} catch {
		return; // the stream of events notices as well, and shows it
	}
	if (response.status === 401) return showConnection("refused");
	if (response.status === 404) return showConnection("gone");
	if (!response.ok) return showConnection("failing");
	showConnection("found");
	const { title, parts, names } = (await response.json()) as Update;
	if (names.some((name) => !partsOf().some((part) => part.dataset.part === name))) return location.reload(); // the page has gained a part
	document.title = title;
	for (const { name, version, html } of parts) {
		const place = partsOf().find((part) => part.dataset.part === name);
		if (place) await replace(place, version, html);
	}
}

/** Whether the reader has selected text in there: it must not vanish under the mouse. */
function isMarked(place: Element): boolean {
	const selection = getSelection();
	return selection !== null && !selection.isCollapsed && selection.containsNode(place, true);
}

async function replace(place: HTMLElement, version: string, html: string): Promise<void> {
	if (isMarked(place)) {
		place.dataset.waits = "";
		return; // it is fetched again once nothing is selected
	}
	keeping(place, () => {
		place.innerHTML = html;
		place.dataset.version = version;
	});
	restoreChoices(place);
}

document.addEventListener("selectionchange", () => {
	const waiting = document.querySelectorAll<HTMLElement>("[data-waits]");
	if (waiting.length === 0 || [...waiting].some(isMarked)) return;
	for (const place of waiting) delete place.dataset.waits;
	void update();
});
