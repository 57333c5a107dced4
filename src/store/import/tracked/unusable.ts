import { SweetspotError } from "../../../core/errors.js";

export const unusable = (found: string, fix: string): SweetspotError => new SweetspotError("import/unusable", found, fix);

const most = 12;

/** `a, b and 3 more` */
export function some(names: readonly string[]): string {
	const shown = names.slice(0, most).join(", ");
	return names.length > most ? `${shown} and ${names.length - most} more` : shown || "none";
}
