import { Document, isCollection, isMap, parse } from "yaml";
import { fields } from "./fields.js";

/** The contents of the form, by the path of the field. */
export type Filled = Readonly<Record<string, string>>;

/** What is made from the form. */
export interface Made {
	/** The study file, not yet checked. */
	readonly input: Readonly<Record<string, unknown>>;
	readonly yaml: string;
	/** Fields that can't be read. */
	readonly unreadable: readonly string[];
}

/** The study that `sweetspot tune` runs without a file; an empty form starts with it. */
export const embedded: Filled = {
	"workload.data": "digits",
	"workload.model": "[{ dense: 64 }, relu, { dense: 10 }]",
	"workload.optimizer": "{ name: sgd, momentum: 0.9 }",
	"goal.metric": "validation.accuracy",
	"goal.atLeast": "0.93",
	name: "digits",
};

/** The study file of a form: fields that are empty are left out, so that defaults stay defaults. */
export function inputOf(filled: Filled): Made {
	const input: Record<string, unknown> = { version: 1 };
	const unreadable: string[] = [];
	// The name first, as in every study file.
	const inOrder = [...fields].sort((a, b) => Number(b.path === "name") - Number(a.path === "name"));
	for (const { path, kind } of inOrder) {
		const text = (filled[path] ?? "").trim();
		if (text === "") continue;
		try {
			put(input, path.split("."), kind === "yaml" ? parse(text, { maxAliasCount: 0 }) : kind === "number" ? Number(text) : text);
		} catch (error) {
			unreadable.push(`${path}: ${error instanceof Error ? error.message.replace(/ at line [\s\S]*/, "") : "can't be read"}`);
		}
	}
	return { input, yaml: asYaml(input), unreadable };
}

function put(into: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
	if (rest.length === 0) {
		into[key] = value;
		return;
	}
	const inner = (into[key] ?? {}) as Record<string, unknown>;
	into[key] = inner;
	put(inner, rest, value);
}

/** Each key on a line of its own, the workload's as well. */
function asYaml(input: object): string {
	const document = new Document(input);
	if (isMap(document.contents)) {
		for (const { key, value } of document.contents.items) {
			const isBlock = String(key) === "workload" && isMap(value);
			if (isCollection(value) && !isBlock) value.flow = true;
			if (isBlock) for (const inner of value.items) if (isCollection(inner.value)) inner.value.flow = true;
		}
	}
	return document.toString({ flowCollectionPadding: true, lineWidth: 88 });
}
