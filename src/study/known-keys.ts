import { z } from "zod";
import { membersOf } from "../core/members.js";
import { studySchema } from "./schema.js";

type Schema = z.core.$ZodType;

/**
 * The keys that the object at this path of a study file may have; `value`: the object itself. For a union: the keys of the branch that
 * knows most of the object's keys.
 */
export function keysAt(path: readonly PropertyKey[], value: unknown): readonly string[] {
	let schemas: readonly Schema[] = branches(studySchema);
	for (const key of path) schemas = schemas.flatMap((schema) => child(schema, key)).flatMap(branches);
	const found = Object.keys(membersOf(value));
	const shapes = schemas.filter((schema) => isNamedAs(schema, value)).map((schema) => Object.keys(shapeOf(schema)));
	return [...new Set(fewest(shapes, (keys) => found.filter((key) => !keys.includes(key)).length).flat())];
}

/** Those with the least count: all of them where they tie. */
export function fewest<T>(candidates: readonly T[], count: (candidate: T) => number): readonly T[] {
	const least = Math.min(...candidates.map(count));
	return candidates.filter((candidate) => count(candidate) === least);
}

/** False where the schema is for another `name` than the value has. */
function isNamedAs(schema: Schema, value: unknown): boolean {
	const { name: expected } = shapeOf(schema);
	const { name } = membersOf(value);
	return !(expected instanceof z.ZodLiteral) || name === undefined || [...expected.values].some((known) => known === name);
}

/** The schemas behind one: the options of a union, or the inner schema of one with a default or that is optional. */
function branches(schema: Schema): readonly Schema[] {
	if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
		return branches(schema.unwrap());
	return schema instanceof z.ZodUnion ? schema.options.flatMap(branches) : [schema];
}

function child(schema: Schema, key: PropertyKey): readonly Schema[] {
	const inner = typeof key === "number" ? schema instanceof z.ZodArray && schema.element : shapeOf(schema)[String(key)];
	return inner ? [inner] : [];
}

const shapeOf = (schema: Schema): Readonly<Record<string, Schema>> => (schema instanceof z.ZodObject ? schema.shape : {});
