import { replaceAddress } from "./address.js";
import { update } from "./parts.js";

/** Without script, filters work by a button; with script, as soon as they change. */
export function followFilters(): void {
	for (const form of document.querySelectorAll<HTMLFormElement>("form[data-filters]")) {
		let timer = 0;
		const apply = () => {
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
		};
		form.addEventListener("input", () => {
			clearTimeout(timer);
			timer = window.setTimeout(apply, 150);
		});
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			clearTimeout(timer);
			apply();
		});
	}
}
