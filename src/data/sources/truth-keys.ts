import { z } from "zod";
import { type Normalization, normalizations } from "../normalize.js";

export const normalize = z.enum(normalizations).default("none");
export const normalizeTarget = z.enum(normalizations).optional();

/** The normalization of numbers to predict, with its default. */
export const scaled = (normalizeTarget: Normalization = "none") => ({ normalizeTarget });

/** The keys of a data source that say what the outputs are compared with. */
interface TruthKeys {
	readonly label?: string | undefined;
	readonly labels?: string | undefined;
	readonly target?: string | readonly string[] | undefined;
	readonly normalizeTarget?: string | undefined;
}

/** Classes or numbers to predict, not both; and one of them where `expected` says what is missing (null: classes by a usual name). */
export const oneTruth =
	(key: "label" | "labels", expected: string | null): z.core.CheckFn<TruthKeys> =>
	({ value, issues }) => {
		const say = (at: keyof TruthKeys, message: string) => issues.push({ code: "custom", message, input: value, path: [at] });
		const { target, normalizeTarget } = value;
		if (value[key] !== undefined && target !== undefined) say("target", `one of \`${key}\` (classes) and \`target\` (numbers to predict)`);
		if (expected !== null && value[key] === undefined && target === undefined) say(key, expected);
		if (normalizeTarget !== undefined && target === undefined) say("normalizeTarget", "a `target` with it: classes are not normalized");
	};
