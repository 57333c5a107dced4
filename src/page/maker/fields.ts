import { z } from "zod";
import { catalogue } from "../../data/sources/table.js";
import { knownGoalMetrics } from "../../study/goal-schema.js";
import { studySchema } from "../../study/schema.js";
import { trainedWorkload } from "../../study/workloads/trained/schema.js";

/** One field of the form: a key of the study file that has no keys of its own, or is easiest written in one line of YAML. */
export interface Field {
	/** As in `--set`: "goal.atLeast". */
	readonly path: string;
	readonly kind: "text" | "number" | "choice" | "yaml";
	readonly isRequired: boolean;
	/** The key's default, as YAML; empty if it has none. */
	readonly usual: string;
	readonly choices: readonly string[];
	/** Bounds of a number, as attributes of its field. */
	readonly bounds: Readonly<Record<string, number>>;
}

type JsonSchema = Readonly<Record<string, unknown>>;

const schemaOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: "input" }) as JsonSchema;

/** Keys with members of their own that read better as one line, such as `horizon: { epochs: 30 }`. */
const inOneLine: ReadonlySet<string> = new Set(["comparisons", "workload.gradient", "workload.schedule"]);

/** Keys that stand elsewhere in the form, or that only a script, or a study on a cluster, can have. */
const isElsewhere = (path: string): boolean =>
	path === "version" || path === "tune.flags" || path === "baseline.flags" || /^(workload|cluster)\b/.test(path);

/** Every key of the study file that a network of ours, or a problem with a known answer, can have, in the order of the schema. */
export const fields: readonly Field[] = [
	...fieldsOf("workload", schemaOf(trainedWorkload), true),
	...fieldsOf("", schemaOf(studySchema), true).filter(({ path }) => !isElsewhere(path)),
];

function fieldsOf(path: string, schema: JsonSchema, isRequired: boolean): readonly Field[] {
	const { properties, required } = schema as { properties?: Readonly<Record<string, JsonSchema>>; required?: readonly string[] };
	if (properties && !inOneLine.has(path)) {
		return Object.entries(properties).flatMap(([key, inner]) =>
			fieldsOf(path === "" ? key : `${path}.${key}`, inner, isRequired && (required ?? []).includes(key)),
		);
	}
	return [{ path, ...shapeOf(path, schema), isRequired, usual: written(schema.default) }];
}

function shapeOf(path: string, schema: JsonSchema): Pick<Field, "kind" | "choices" | "bounds"> {
	if (path === "workload.data") return { kind: "yaml", choices: catalogue.filter(isNamed).map(({ data }) => data), bounds: {} };
	if (path === "goal.metric") return { kind: "text", choices: knownGoalMetrics, bounds: {} }; // what our own loop measures
	if (Array.isArray(schema.enum)) return { kind: "choice", choices: schema.enum.map(String), bounds: {} };
	if (schema.type === "integer" || schema.type === "number") return { kind: "number", choices: [], bounds: boundsOf(schema) };
	return { kind: schema.type === "string" ? "text" : "yaml", choices: [], bounds: {} };
}

function isNamed({ kind }: (typeof catalogue)[number]): boolean {
	return kind !== "yours";
}

/** Exclusive bounds are left to the check of the whole study, since form fields cannot have them. */
function boundsOf({ type, minimum, maximum }: JsonSchema): Readonly<Record<string, number>> {
	return {
		...(typeof minimum === "number" && minimum > Number.MIN_SAFE_INTEGER && { min: minimum }),
		...(typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER && { max: maximum }),
		...(type === "integer" && { step: 1 }),
	};
}

function written(value: unknown): string {
	if (value === undefined) return "";
	if (typeof value !== "object" || value === null) return String(value);
	return `{ ${Object.entries(value)
		.map(([key, inner]) => `${key}: ${written(inner)}`)
		.join(", ")} }`.replace("{  }", "{}");
}
