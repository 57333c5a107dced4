import { replaceAddress } from "./address.js";
import { update } from "./parts.js";

/** The form of filters that a field belongs to. The field need not stand within it. */
function formOf(target: EventTarget | null): HTMLFormElement | null {
	const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
	const form = isField ? target.form : target instanceof HTMLFormElement ? target : null;
	return form?.matches("form[data-filters]") ? form : null;
}

function apply(form: HTMLFormElement): void {
	const address = new URL(form.action);
	const before = new URL(location.href);
	const data = new FormData(form);
	for (const [name, value] of data) if (typeof value === "string" && value !== "") address.searchParams.append(name, value);
	// What is chosen in the list is no field of this form.
	for (const name of ["study", "trial", "unit"]) {
		if (!data.has(name)) for (const value of before.searchParams.getAll(name)) address.searchParams.append(name, value);
	}
	replaceAddress(address);
	void update();
}

/** Without script, filters work by a button; with script, as soon as they change. */
export function followFilters(): void {
	let timer = 0;
	document.addEventListener("input", ({ target }) => {
		const form = formOf(target);
		if (!form) return;
		clearTimeout(timer);
		timer = window.setTimeout(() => apply(form), 150);
	});
	document.addEventListener("submit", (event) => {
		const form = formOf(event.target);
		if (!form) return;
		event.preventDefault();
		clearTimeout(timer);
		apply(form);
	});
}
