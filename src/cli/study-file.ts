import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Document, isAlias, isMap, isSeq, parseDocument } from "yaml";
import { resolveInput } from "../api/resolve-input.js";
import { SweetspotError } from "../core/errors.js";
import { importModule } from "../modules/import-module.js";
import type { TrainableStudy } from "../study/study.js";
import { budgetOf } from "./budget.js";
import { interpreterOf } from "./interpreters.js";
import { isOn, type RawOptions, textOf, wholeOf } from "./options.js";

/** The study that is run when none is named. */
const embedded = new URL("../../examples/digits.yaml", import.meta.url);

/**
 * The study a command is about: its file (YAML, JSON, or a module; the embedded one if none is named), with what flags and environment put
 * over it, checked and resolved. Throws `study/…`, `data/…`, `trainer/…` and `usage/…` errors.
 */
export async function studyFrom(file: string | undefined, options: RawOptions, environment: NodeJS.ProcessEnv): Promise<TrainableStudy> {
	const document = file !== undefined && /\.m?[jt]s$/.test(file) ? await fromModule(file) : await fromText(file);
	if (!isMap(document.contents)) {
		throw new SweetspotError(
			"study/unreadable",
			`${file} holds no keys`,
			"start from `version: 1`, `workload:` and `goal:`; see docs/study.md",
		);
	}
	const put = (path: readonly string[], value: unknown): void => {
		requirePlaces(document, path);
		for (let depth = 1; depth < path.length; depth++) {
			const above = path.slice(0, depth).map(place);
			if (!isCollection(document.getIn(above))) document.setIn(above, document.createNode({}));
		}
		document.setIn(path.map(place), document.createNode(value));
	};
	for (const text of settingsOf(options)) {
		const equals = text.indexOf("=");
		if (equals < 1)
			throw new SweetspotError("usage/bad-value", `--set is "${text}", expected KEY=VALUE`, "for example `--set goal.atLeast=0.97`");
		put(text.slice(0, equals).split("."), settingIn(text.slice(equals + 1)));
	}
	const seed = wholeOf(options, "seed", 0, environment);
	if (seed !== undefined) put(["seed"], seed);
	const budget = budgetOf(options, environment);
	if (isOn(options, "whole", environment)) document.delete("budget");
	for (const [key, value] of Object.entries(budget ?? {})) {
		for (const path of replacedBy(key).map((other) => ["budget", other])) if (document.hasIn(path)) document.deleteIn(path);
		put(["budget", key], value);
	}
	if (isOn(options, "compare", environment) && !document.has("comparisons")) put(["comparisons"], {});
	const objective = textOf(options, "objective", environment);
	if (objective !== undefined) put(["objective"], objective);
	return resolveInput(plain(document, file), dirname(resolve(file ?? "")));
}

/**
 * What a budget given by a flag takes the place of in the file: trainings go with no other, and trials, time and cost don't go with them.
 */
const replacedBy = (kind: string): readonly string[] => (kind === "trainings" ? ["trials", "seconds", "cost"] : ["trainings"]);

/** Throws where a path goes into a list by something else than one of its places, or the one behind the last. */
function requirePlaces(document: Document, path: readonly string[]): void {
	for (let depth = 0; depth < path.length; depth++) {
		const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth).map(place), true);
		const [name, part] = [path.slice(0, depth).join("."), place(path[depth])];
		if (isAlias(node))
			throw new SweetspotError("usage/bad-value", `--set ${path.join(".")}: ${name} is an alias`, `set all of it: \`--set "${name}=…"\``);
		if (!isSeq(node) || (typeof part === "number" && part <= node.items.length)) continue;
		throw new SweetspotError(
			"usage/bad-value",
			`--set ${path.join(".")}: ${name} is a list of ${node.items.length}, which has no ${path[depth]}`,
			`name a place in it from 0 to ${node.items.length}, or set all of it: \`--set "${name}=…"\``,
		);
	}
}

/** What a text says as YAML; the text itself where it isn't YAML. */
function settingIn(text: string): unknown {
	try {
		const value = parseDocument(text);
		return value.errors.length > 0 ? text : value.toJS();
	} catch {
		return text;
	}
}

/** Levels in a study that nest at most; an alias to what it stands in nests without end. */
const deepestLevels = 100;

function isTooDeep(value: unknown, levels = deepestLevels): boolean {
	if (typeof value !== "object" || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

/** The document as data. What only shows now is an alias (`*name`) without its anchor (`&name`). */
function plain(document: Document, file: string | undefined): unknown {
	try {
		const data: unknown = document.toJS();
		if (isTooDeep(data)) throw new RangeError(`it nests more than ${deepestLevels} levels, as an alias to what it stands in does`);
		return data;
	} catch (cause) {
		const detail = `${file ?? "the embedded study"}: ${(cause as Error).message}`;
		throw new SweetspotError("study/unreadable", detail, "correct the alias, or write out what it stands for", { cause });
	}
}

async function fromText(file: string | undefined): Promise<Document> {
	const text = await read(file ?? embedded);
	if (file !== undefined && interpreterOf(file) !== undefined)
		throw new SweetspotError(
			"study/unreadable",
			`${file} is a script`,
			`\`sweetspot init -- ${interpreterOf(file)} ${file}\` writes a study file for it`,
		);
	const document = parsedDocument(text, file);
	const [problem] = document.errors;
	if (!problem) return document;
	throw new SweetspotError(
		"study/unreadable",
		`${file ?? "the embedded study"}: ${problem.message.trimEnd()}`,
		"correct the YAML at the place shown",
	);
}

/** Throws where it nests so deeply that it can't be read. */
function parsedDocument(text: string, file: string | undefined) {
	try {
		return parseDocument(text);
	} catch (cause) {
		throw new SweetspotError("study/unreadable", `${file}: ${(cause as Error).message}`, "fix the YAML: it nests too deeply", { cause });
	}
}

/** A study in JavaScript or TypeScript: the default export of its module. */
async function fromModule(file: string): Promise<Document> {
	await read(file);
	try {
		return new Document((await importModule(resolve(file))).default);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new SweetspotError("study/unreadable", `${file}: ${reason}`, "correct the module; its default export is the study", { cause });
	}
}

const settingsOf = ({ set }: RawOptions): readonly string[] => (Array.isArray(set) ? set : []);

/** A part of a path: a key, or a place in a list. */
const place = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part);

const isCollection = (node: unknown): boolean => typeof node === "object" && node !== null;

async function read(file: string | URL): Promise<string> {
	try {
		return await readFile(file, "utf8");
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		if (code === "ENOENT") {
			throw new SweetspotError("study/not-found", String(file), "check the path; `sweetspot tune` without a file runs the embedded study", {
				cause,
			});
		}
		throw new SweetspotError("study/unreadable", `${file} (${code ?? "unknown reason"})`, "name a readable study file", { cause });
	}
}
