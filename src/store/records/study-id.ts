import { distance } from "fastest-levenshtein";
import { SweetspotError } from "../../core/errors.js";

/** What an id must not collide with. */
export interface TakenId {
	readonly id: string;
	readonly hash: string;
}

/**
 * The id of a new study: its name and the first digits of its hash, `digits-3f9a`. Four digits, or more where another study has those;
 * a second study with the same hash gets a number at the end: `digits-3f9a-2`.
 */
export function newStudyId(name: string, hash: string, taken: readonly TakenId[]): string {
	const hashes = new Map(taken.map((study) => [study.id, study.hash]));
	for (let digits = 4; ; digits++) {
		const id = `${slug(name)}-${hash.slice(0, digits)}`;
		if (hashes.has(id) && hashes.get(id) !== hash && digits < hash.length) continue;
		for (let run = 1; ; run++) {
			const numbered = run === 1 ? id : `${id}-${run}`;
			if (!hashes.has(numbered)) return numbered;
		}
	}
}

/** Lower-case letters and digits, with single hyphens between them, 24 characters at most; accents are dropped. */
function slug(name: string): string {
	const words = name
		.normalize("NFKD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.match(/[a-z0-9]+/g);
	return (words ?? ["study"]).join("-").slice(0, 24).replace(/-$/, "");
}

/** The one study whose id is `typed` or begins with it. Throws `store/no-such-study` and `store/ambiguous`. */
export function matching<S extends { readonly id: string }>(typed: string, studies: readonly S[]): S {
	const whole = studies.find(({ id }) => id === typed);
	if (whole !== undefined) return whole;
	const matches = typed === "" ? [] : studies.filter(({ id }) => id.startsWith(typed));
	if (matches.length === 1) return matches[0];
	if (matches.length === 0) throw noSuchStudy(typed, studies);
	const detail = `${JSON.stringify(typed)} fits ${matches.length} of them`;
	throw new SweetspotError("store/ambiguous", detail, `type more of one of these: ${some(matches.map(({ id }) => id))}`);
}

/** Names the ids closest to what was typed, with at most half of the letters different. */
export function noSuchStudy(typed: string, studies: readonly { readonly id: string }[]): SweetspotError {
	const nearest = studies
		.map(({ id }) => ({ id, edits: distance(typed, id) }))
		.filter(({ id, edits }) => edits <= Math.max(typed.length, id.length) / 2)
		.sort((a, b) => a.edits - b.edits)
		.map(({ id }) => id);
	const detail = `${JSON.stringify(typed)}${studies.length === 0 ? " (the store is empty)" : ""}`;
	const fix =
		nearest.length === 0 ? "`sweetspot studies` lists them" : `did you mean ${some(nearest)}? \`sweetspot studies\` lists them all`;
	return new SweetspotError("store/no-such-study", detail, fix);
}

const some = (ids: readonly string[]): string => `${ids.slice(0, 3).join(", ")}${ids.length > 3 ? ", …" : ""}`;
