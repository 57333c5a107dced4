import { membersOf } from "../../src/core/members.js";
import { expectedOn, manyExamples, shape } from "../../src/study/ladder/shape.js";

/** The ladder's numbers by their names: those of shape.ts, and what it expects on few and on many examples. */
const numbers: Readonly<Record<string, unknown>> = { ...shape, few: expectedOn(manyExamples - 1), many: expectedOn(manyExamples) };

/** A number to be changed, such as `rivals.most`. */
interface Change {
	readonly name: string;
	readonly value: number;
}

/** What a simulation changes. */
export interface Variant {
	readonly name: string;
	readonly changes: readonly Change[];
}

/** The ladder as it is. */
export const present: Variant = { name: "the present numbers", changes: [] };

/** Reads `openAt=20,rivals.most=4`. Throws where there is no such number. */
export const variantOf = (text: string): Variant => ({
	name: text,
	changes: text.split(",").map((part) => {
		const [name, value] = part.split("=");
		const change = { name, value: Number(value) };
		if (!value || !Number.isFinite(change.value)) throw new Error(`--with ${text}: expected NAME=NUMBER, such as openAt=20`);
		placeOf(name);
		return change;
	}),
});

/** The record that has the number of this name, and its key there. */
function placeOf(name: string): { readonly record: Record<string, unknown>; readonly key: string; readonly value: number } {
	const path = name.split(".");
	const key = path.pop() ?? "";
	const own: Record<string, unknown> = shape;
	const record: Record<string, unknown> =
		path.length === 0 ? own : membersOf(path.reduce((at: unknown, part) => membersOf(at)[part], numbers));
	const value = record[key];
	if (typeof value !== "number") throw new Error(`--with ${name}: src/study/ladder/shape.ts has no number of that name`);
	return { record, key, value };
}

/** Runs something while the ladder has other numbers. Nothing else may use the ladder meanwhile. */
export async function withNumbers<T>({ changes }: Variant, run: () => Promise<T>): Promise<T> {
	const places = changes.map(({ name, value }) => ({ ...placeOf(name), other: value }));
	try {
		for (const { record, key, other } of places) record[key] = other;
		return await run();
	} finally {
		for (const { record, key, value } of places) record[key] = value;
	}
}
