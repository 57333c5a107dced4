import type { ConfigValue } from "./run.js";

/** Settings nested deeper than this are ignored. */
const mostDepth = 8;

/** Puts plain data into a configuration, keys of nested objects joined by dots; lists are left out. */
export function addConfig(config: Map<string, ConfigValue>, value: unknown, prefix = "", depth = 0): void {
	if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
		if (prefix !== "") config.set(prefix, value);
	} else if (typeof value === "object" && !Array.isArray(value) && depth < mostDepth) {
		for (const [key, member] of Object.entries(value)) addConfig(config, member, prefix === "" ? key : `${prefix}.${key}`, depth + 1);
	}
}

/** A text as JSON; undefined if it isn't JSON. Python's NaN and infinities are accepted, alone or nested. */
export function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		try {
			return JSON.parse(text.replace(/(?<=[[:,\s]|^)(NaN|-?Infinity)(?=[\],}\s]|$)/g, '"$1"'));
		} catch {
			return undefined;
		}
	}
}

/** A JSON number, or one of the words that Python writes for NaN and infinities; undefined for anything else. */
export function numberIn(value: unknown): number | undefined {
	if (typeof value === "number") return value;
	if (value === "NaN") return Number.NaN;
	if (value === "Infinity") return Number.POSITIVE_INFINITY;
	if (value === "-Infinity") return Number.NEGATIVE_INFINITY;
	return undefined;
}

/** Plain data that is an object, not a list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === "object" && value !== null && !Array.isArray(value);
