import { type Conditions, type Factor, factors } from "./claim.js";

/** Several sets of conditions in one go: every combination of these levels. */
export type Box = ReadonlyMap<Factor, readonly string[]>;

/** The levels of every factor that some conditions name, in the order in which they are first named. */
export function levelsOf(all: readonly Conditions[]): Box {
	const named = factors.map((factor) => [factor, [...new Set(all.flatMap((when) => when[factor] ?? []))]] as const);
	return new Map(named.filter(([, levels]) => levels.length > 0));
}

/**
 * `some` conditions as few boxes: the largest first, then that which holds most of what is left; of several such, the one that takes the
 * fewest words, as a factor with all its levels needs none. Boxes may overlap; none holds a combination that isn't in `some`. `levels`: of
 * all that was tried. Every subset of them is looked at: there are two or three of a factor.
 */
export function boxesOf(some: readonly Conditions[], levels: Box): readonly Box[] {
	const keyOf = (when: Conditions): string => [...levels.keys()].map((factor) => when[factor] ?? "").join("\n");
	const left = new Set(some.map(keyOf));
	const within = everyBox(levels)
		.map((box) => ({ box, keys: combinationsOf(box).map(keyOf) }))
		.filter(({ keys }) => keys.every((key) => left.has(key)));
	const chosen: Box[] = [];
	while (left.size > 0) {
		const count = (keys: readonly string[]): number => keys.filter((key) => left.has(key)).length;
		const [first, ...others] = within;
		const best = others.reduce((a, b) => {
			const more = count(b.keys) - count(a.keys);
			return more > 0 || (more === 0 && wordsOf(b.box, levels) < wordsOf(a.box, levels)) ? b : a;
		}, first);
		chosen.push(best.box);
		for (const key of best.keys) left.delete(key);
	}
	return chosen;
}

/** Levels that have to be named. */
const wordsOf = (box: Box, levels: Box): number => namedIn(box, levels).reduce((sum, [, own]) => sum + own.length, 0);

/** The factors that make a difference: those of which a box lacks a level. */
export const namedIn = (box: Box, levels: Box): readonly (readonly [Factor, readonly string[]])[] =>
	[...box].filter(([factor, own]) => own.length < (levels.get(factor)?.length ?? 0));

const everyBox = (levels: Box): readonly Box[] =>
	[...levels].reduce<readonly Box[]>(
		(boxes, [factor, own]) => boxes.flatMap((box) => subsetsOf(own).map((subset) => new Map([...box, [factor, subset] as const]))),
		[new Map()],
	);

/** All but the empty one. */
const subsetsOf = (levels: readonly string[]): readonly (readonly string[])[] =>
	Array.from({ length: 2 ** levels.length - 1 }, (_, i) => levels.filter((__, place) => ((i + 1) >> place) % 2 === 1));

const combinationsOf = (box: Box): readonly Conditions[] =>
	[...box].reduce<readonly Conditions[]>(
		(combinations, [factor, own]) => combinations.flatMap((when) => own.map((level) => ({ ...when, [factor]: level }))),
		[{}],
	);
