import { closest } from "fastest-levenshtein";
import type { z } from "zod";
import { membersOf } from "../core/members.js";
import { dataWords } from "../data/sources/table.js";
import { fewest, keysAt } from "./known-keys.js";
import type { Problem } from "./problem.js";
import { layerWords } from "./workloads/network/layers.js";
import { optimizerWords } from "./workloads/trained/descent-schema.js";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Every problem of a study file, in the order of the schema. */
export function problemsOf(issues: readonly Issue[], input: unknown): readonly Problem[] {
	return issues.slice(0, mostProblems).flatMap((issue) => explain(issue, [], input));
}

/** Further problems of one kind are counted but not explained: finding the nearest key takes time. */
export const mostProblems = 50;

/** Keys longer than this can't be misspellings of ours. */
const longestMisspelt = 100;

function explain(issue: Issue, above: Path, input: unknown): readonly Problem[] {
	const path = [...above, ...issue.path];
	const found = at(input, path);
	// A value that may hold a secret is not repeated.
	if (issue.code === "custom" && issue.params?.saysAll === true) return [{ path: show(path), message: issue.message }];
	if (issue.code === "unrecognized_keys") return unknownKeys(path, issue.keys, input);
	if (issue.code === "invalid_union") {
		// Explain a union by the branch that was meant: the one whose shape fits and that has the fewest problems inside.
		const shaped = issue.errors.filter((branch) => branch.every((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"));
		const meant = fewest(shaped, (branch) => branch.reduce((sum, inner) => sum + wrongKeys(inner), 0));
		if (meant.length === 1) return meant[0].flatMap((inner) => explain(inner, path, input));
		const what = found === undefined ? "missing" : `found ${word(found)}`;
		return [{ path: show(path), message: `${what}, expected ${expectedAt(path)}` }];
	}
	const what = found === undefined ? "missing" : `found ${word(found)}`;
	return [{ path: show(path), message: `${what}, expected ${expectation(issue)}${keysNamed(issue, path)}` }];
}

/** The keys that something takes which is to have keys. */
function keysNamed(issue: Issue, path: Path): string {
	if (issue.code !== "invalid_type" || issue.expected !== "object") return "";
	const known = keysAt(path, {});
	return known.length > 0 ? `: ${known.join(", ")}` : "";
}

const wrongKeys = (issue: Issue): number => (issue.code === "unrecognized_keys" ? issue.keys.length : 1);

function unknownKeys(path: Path, keys: readonly string[], input: unknown): readonly Problem[] {
	const known = keysAt(path, at(input, path));
	const named = keys.slice(0, mostProblems).map((key) => {
		const nearest = known.length > 0 && key.length <= longestMisspelt ? ` (did you mean \`${closest(key, known)}\`?)` : "";
		return { path: show([...path, cut(key)]), message: `unknown key${nearest}; known here: ${known.join(", ")}` };
	});
	const more = keys.length - named.length;
	return more > 0 ? [...named, { path: show(path), message: `${more} more unknown keys` }] : named;
}

function expectation(issue: Issue): string {
	switch (issue.code) {
		case "invalid_type":
			return (
				{ int: "a whole number", number: "a number", string: "a text", object: "keys and values", array: "a list" }[
					issue.expected as string
				] ?? issue.expected
			);
		case "invalid_value":
			return `${issue.values.length > 1 ? "one of " : ""}${issue.values.map(word).join(", ")}`;
		case "too_small":
			return issue.origin === "array" || issue.origin === "string"
				? `at least ${issue.minimum} in it`
				: `${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
		case "too_big":
			return issue.origin === "string"
				? `at most ${issue.maximum} characters`
				: `${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
		default:
			return issue.message;
	}
}

/** What a union accepts, in words, since its branches would read as types. */
function expectedAt(path: Path): string {
	const place = path
		.map((key, i) => (typeof key === "number" || path[i - 1] === "metrics" || path[i - 1] === "hold" ? "*" : String(key)))
		.join(".");
	const words: Readonly<Record<string, string>> = {
		workload: "keys and values: `data` and `model`, or `trainer` and `examples`, or `command`",
		"workload.metrics.*":
			"a regular expression with one group around the number, or `{ pattern: …, scale: 0.01 }`, or for a counter `{ pattern: …, from: 0 }`",
		"workload.metrics":
			'patterns of what the script prints, or `{ file: "{trialFolder}/metrics.csv", step: step }`, or `{ tensorboard: "{trialFolder}" }`',
		"workload.hold.*": "`{ examples: 100000 }` or `{ halfLife: 10000000 }`, in examples",
		"workload.command.*": "a text or a number",
		"goal.metric": "a metric's name: {train, validation}.{loss, accuracy, error}, or of a script one that it reports, such as `f1`",
		"workload.data": `${dataWords}; \`sweetspot data\` lists them`,
		"workload.model.*": layerWords,
		"workload.optimizer.beta2": "a number from 0 to below 1, or `{ halfLife: 10000000 }`, in examples",
		"workload.optimizer.name": optimizerWords,
		"workload.schedule.warmUp": "`{ steps: 100 }`, `{ examples: 10000 }`, `{ epochs: 5 }` or `{ horizon: 0.05 }`",
		"workload.schedule.learningRate":
			"`constant`, `{ step: … }`, `{ cosine: … }`, `{ linear: … }`, `{ stable-decay: … }` or `{ inverse-square-root: … }`",
		"workload.schedule.learningRate.linear": "`{ horizon: 1 }`, `{ epochs: 50 }` or `{ steps: 3000 }`, and `to`",
		"goal.horizon": "`{ epochs: 30 }`, `{ steps: 20000 }`, `{ examples: 10000000 }` or `{ seconds: 7200 }`",
		"workload.schedule.batchSize": "`constant`, `{ doubling: { epochs: 20 } }` or `{ step: … }`",
		"workload.schedule.batchSize.doubling": "`{ epochs: 20 }` or `{ steps: 500 }`",
		"workload.schedule.batchSize.step": "`{ factor: 2, epochs: 20 }`, or with `steps`, or with a list of places",
		"workload.schedule.learningRate.step": "`{ factor: 0.1, epochs: 30 }`, or with `steps`, or with a list of places",
		"workload.schedule.learningRate.cosine": "`{ horizon: 1 }`, `{ epochs: 50 }` or `{ steps: 3000 }`, and `to`",
		"workload.schedule.learningRate.inverse-square-root": "`{ steps: 400 }` or `{ epochs: 5 }`",
		batchSizes: "`{ from, to, factor }` or a list of sizes",
		"batchSizes.*": "a whole number of 1 or more, or `full`",
		"batchSizes.to": "a whole number of 1 or more, or `full`",
	};
	return words[place] ?? "something else";
}

const at = (input: unknown, path: Path): unknown =>
	path.reduce<unknown>((value, key) => (Array.isArray(value) ? value[Number(key)] : membersOf(value)[String(key)]), input);

/** A path as people write it: `workload.model[2].dense`. */
const show = (path: Path): string =>
	path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i > 0 ? "." : ""}${String(key)}`)).join("") || "study";

const word = (value: unknown): string => cut(typeof value === "string" ? `"${value}"` : (JSON.stringify(value) ?? String(value)));

/** As much of a text as fits into a message. */
const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
