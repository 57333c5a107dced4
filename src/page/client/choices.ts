import { parameterOf, setParameter } from "./address.js";
import { choosePart } from "./zoom.js";

/** What can be chosen in tables: studies to compare, trials to show together. */
const lists: readonly string[] = ["study", "trial"];

/** Choices within parts: the unit of the learning curves, the studies to compare. They stand in the address. */
export function restoreChoices(place: ParentNode): void {
	const [unit] = parameterOf("unit");
	for (const radio of place.querySelectorAll<HTMLInputElement>("input[name=unit]")) {
		if (unit !== undefined && radio.id === `by-${unit}`) radio.checked = true;
	}
	for (const name of lists) {
		const chosen = new Set(parameterOf(name));
		for (const box of place.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name=${name}]`)) box.checked = chosen.has(box.value);
	}
}

/** The unit of the learning curves. The part of an axis that was chosen is in another unit, so it is given up. */
function chooseUnit(unit: string): void {
	setParameter("unit", [unit]);
	const field = document.querySelector<HTMLSelectElement>("select[name=unit]"); // that of pages without script
	if (field) field.value = unit;
	choosePart("curves-", "", "");
}

export function followChoices(): void {
	document.addEventListener("change", ({ target }) => {
		if (!(target instanceof HTMLInputElement)) return;
		if (target.name === "unit") chooseUnit(target.id.replace("by-", ""));
		if (lists.includes(target.name) && target.type === "checkbox") {
			const others = parameterOf(target.name).filter((value) => value !== target.value);
			setParameter(target.name, target.checked ? [...others, target.value] : others);
		}
	});
}
