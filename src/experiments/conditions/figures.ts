import type { ClaimFinding, JudgedCell } from "../claims/claim.js";
import { type Headline, headlineOf, holdsOn } from "../claims/headline.js";
import { baseOf, type JudgedId, judgedIds } from "./bases.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";

/** What was found of one claim under all conditions. */
export interface Judged {
	readonly id: JudgedId;
	/** Of the first repeat: what was measured, and its evidence. */
	readonly first: ClaimFinding;
	readonly cells: readonly JudgedCell[];
	readonly headline: Headline;
	readonly holdsOn: string;
}

export interface Figures {
	readonly claims: readonly Judged[];
}

export function figuresOf({ repeats }: Settings, results: readonly Result[]): Figures {
	const all = repeats.map((repeat, place) => ({ repeat, own: results.filter((one) => one.repeat === place) }));
	const found = all.flatMap(({ repeat: { base, settings, when }, own }) => {
		const { experiment, claims } = baseOf(base);
		const conclusion = experiment.conclude(
			settings,
			own.map(({ result }) => result),
		);
		const asked: readonly string[] = claims;
		return conclusion.claims.filter(({ id }) => asked.includes(id)).map((finding) => ({ when, finding }));
	});
	return {
		claims: judgedIds.flatMap((id): readonly Judged[] => {
			const own = found.filter(({ finding }) => finding.id === id);
			const cells = own.flatMap(({ when, finding }) => finding.cells.map((cell) => ({ ...cell, when: { ...when, ...cell.when } })));
			return own.length === 0 ? [] : [{ id, first: own[0].finding, cells, headline: headlineOf(cells), holdsOn: holdsOn(cells) }];
		}),
	};
}
