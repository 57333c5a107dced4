import { parameterOf, setParameter } from "./address.js";

/** Choices within parts: the unit of the learning curves, the studies to compare. They stand in the address. */
export function restoreChoices(place: ParentNode): void {
	const [unit] = parameterOf("unit");
	for (const radio of place.querySelectorAll<HTMLInputElement>("input[name=unit]")) {
		if (unit !== undefined && radio.id === `by-${unit}`) radio.checked = true;
	}
	const chosen = new Set(parameterOf("study"));
	for (const box of place.querySelectorAll<HTMLInputElement>("input[type=checkbox][name=study]")) box.checked = chosen.has(box.value);
}

export function followChoices(): void {
	document.addEventListener("change", ({ target }) => {
		if (!(target instanceof HTMLInputElement)) return;
		if (target.name === "unit") setParameter("unit", [target.id.replace("by-", "")]);
		if (target.name === "study" && target.type === "checkbox") {
			const others = parameterOf("study").filter((id) => id !== target.value);
			setParameter("study", target.checked ? [...others, target.value] : others);
		}
	});
}
