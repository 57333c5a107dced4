import { SweetspotError } from "../../../core/errors.js";

export const unusable = (found: string, fix: string): SweetspotError => new SweetspotError("import/unusable", found, fix);

const mostNamed = 12;

/** `a, b and 3 more` */
export function some(names: readonly string[]): string {
	const shown = names.slice(0, mostNamed).join(", ");
	return names.length > mostNamed ? `${shown} and ${names.length - mostNamed} more` : shown || "none";
}
