/** Buttons that start, stop and resume. */

interface Answer {
	/** Where to look next. */
	readonly open?: string;
	readonly error?: string;
	readonly fix?: string;
}

const said = (): HTMLElement | null => document.getElementById("action");

function say(text: string): void {
	const place = said();
	if (place) place.textContent = text;
}

/** What a button sends: a text of its own, or nothing. */
const bodyOf = (button: HTMLElement): string => button.dataset.body ?? "{}";

const unanswered = "The server does not answer. Try again once the page has found it.";

/** The server answers again. */
export function forgetUnanswered(): void {
	if (said()?.textContent === unanswered) say("");
}

async function post(button: HTMLButtonElement): Promise<void> {
	button.disabled = true;
	say(`${button.textContent?.trim()}: asked for.`);
	try {
		const response = await fetch(button.dataset.post ?? "", {
			method: "POST",
			headers: { "content-type": "application/json", "sweetspot-request": "1" },
			body: bodyOf(button),
		});
		const { open, error, fix } = (await response.json()) as Answer;
		if (error !== undefined) say(`${error}. ${fix ?? ""}`);
		else {
			say("");
			if (open !== undefined && open !== location.pathname) location.assign(open);
		}
	} catch {
		say(unanswered);
	} finally {
		button.disabled = false;
	}
}

export function followActions(): void {
	document.body.classList.add("scripted");
	document.addEventListener("click", ({ target }) => {
		if (!(target instanceof Element)) return;
		const button = target.closest<HTMLButtonElement>("button[data-post]");
		if (button && !button.disabled) void post(button);
	});
}
