import type { SweetspotError } from "../../../core/errors.js";
import { type AskedName, Unanswered } from "../../../trackers/unanswered.js";

/** `asks`: what the user can say so that it is usable after all. */
export const unusable = (found: string, fix: string, ...asks: readonly AskedName[]): SweetspotError =>
	new Unanswered("import/unusable", found, fix, asks);

const most = 12;

/** `a, b and 3 more` */
export function some(names: readonly string[]): string {
	const shown = names.slice(0, most).join(", ");
	return names.length > most ? `${shown} and ${names.length - most} more` : shown || "none";
}
