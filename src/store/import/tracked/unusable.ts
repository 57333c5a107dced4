import type { SweetspotError } from "../../../core/errors.js";
import { type AskedName, Unanswered } from "../../../trackers/unanswered.js";

/** `asks`: what the user can state to make it usable. */
export const unusable = (found: string, fix: string, ...asks: readonly AskedName[]): SweetspotError =>
	new Unanswered("import/unusable", found, fix, asks);

const mostNamed = 12;

/** `a, b and 3 more` */
export function some(names: readonly string[]): string {
	const shown = names.slice(0, mostNamed).join(", ");
	return names.length > mostNamed ? `${shown} and ${names.length - mostNamed} more` : shown || "none";
}
