import type { z } from "zod";
import { canonicalJson, sha256Hex } from "../core/canonical.js";
import { internal, SweetspotError } from "../core/errors.js";
import { membersOf } from "../core/members.js";
import { recordables } from "../core/recorded.js";
import type { DataFacts } from "../data/source.js";
import type { Locate } from "../data/source-kind.js";
import { type DataSource, isOracle, oracleKindOf, placesOf, readSource } from "../data/sources/table.js";
import type { LayerSpec } from "../engine/network-spec.js";
import { commandProblems } from "./command/problems.js";
import { resolveCommand } from "./command/resolve.js";
import type { CommandWorkload, FoundCommand } from "./command/workload.js";
import { resolveComparisons } from "./comparisons/amounts.js";
import { descentProblems, resolveDescent } from "./descent.js";
import { designOf } from "./designs.js";
import { layerSpec } from "./layers.js";
import { type NetworkParts, networkProblems } from "./network-problems.js";
import { oracleProblems } from "./oracle-problems.js";
import { type Problem, problemsOf } from "./problems.js";
import { recordProblems } from "./record-problems.js";
import { type StudyFile, studyParts, studySchema } from "./schema.js";
import { isCommand, isFunction, type Study, type TrainableStudy, type Workload } from "./study.js";

/** Loads a source far enough to tell its facts. Throws `data/…` errors. */
export type TellFacts = (source: DataSource) => Promise<DataFacts>;

/** Where a module named in a study is, and the SHA-256 of its content. Throws `trainer/not-found`. */
export type FindModule = (path: string) => Promise<{ readonly file: string; readonly sha256: string }>;

/** Looks for the program that a workload names, and into the files beside it. Throws `trainer/not-found`. */
export type FindCommand = (workload: CommandWorkload) => Promise<FoundCommand>;

/** How the files that a study names are found. */
export interface Files {
	readonly locate: Locate;
	readonly findModule: FindModule;
	readonly findCommand: FindCommand;
}

/**
 * Checks what a study's author wrote (parsed YAML or JSON) and fills in every default. Lists all problems at once: those of the schema, and, as
 * far as the parts concerned are sound, those that only the data can tell (a batch size larger than the training set, a last layer that
 * doesn't fit the classes). Throws `study/invalid` and what `tellFacts`, `findModule` and `findCommand` throw.
 */
export async function resolveStudy(input: unknown, tellFacts: TellFacts, files: Partial<Files> = {}): Promise<TrainableStudy> {
	const { locate, findModule, findCommand } = { ...noFiles, ...files };
	const parsed = studySchema.safeParse(input);
	const parts = soundParts(input, locate);
	const { trainer, command } = parts;
	const module = trainer && (await findModule(trainer.trainer));
	const program = command && (await findCommand(command));
	const content = module ?? program;
	const facts = content ? toldFacts((trainer ?? command)?.examples, content) : parts.data && (await tellFacts(parts.data));
	const problems = [
		...(parsed.success ? [] : problemsOf(parsed.error.issues, input)),
		...contradictions(parts),
		...priceProblems(membersOf(input)),
		...descentProblems(membersOf(input), parts.tune?.momentum),
		...recordProblems(membersOf(input).record, parts),
		...oracleProblems(parts.data, parts.workload, parts.goal, parts.comparisons),
		...(command && program ? commandProblems(command, program, aroundCommand(parts, input)) : []),
		...(facts ? misfits(parts, facts) : []),
	];
	if (!parsed.success || !facts || problems.length > 0) throw invalid(problems);

	const { workload, batchSizes, limits, budget, comparisons, goal, tune, record: asked, pricePerHour, ...rest } = parsed.data;
	const study = {
		...rest,
		workload: command ?? resolveWorkload(workload, parts.data, module?.file),
		data: withoutImage(facts),
		goal: { metric: goal.metric, ...(goal.atLeast === undefined ? { atMost: goal.atMost ?? 0 } : { atLeast: goal.atLeast }) },
		batchSizes: sizes(batchSizes, facts.train),
		tune: resolveTune(tune),
		limits: { ...limits, seconds: limits.seconds ?? null },
		budget: { trials: budget.trials ?? null, seconds: secondsOfBudget(budget, pricePerHour) },
		...(pricePerHour !== undefined && { pricePerHour }),
		...(asked && { record: recordables.filter((name) => asked.includes(name)) }),
	};
	// Absent where it isn't asked for, so that such studies keep their hash.
	return comparisons ? { ...study, comparisons: resolveComparisons(comparisons, study) } : study;
}

/** Seconds that the budget buys: as many as are asked for, or as the money pays for, whichever is less; null where there is neither. */
function secondsOfBudget({ seconds, cost }: StudyFile["budget"], pricePerHour: number | undefined): number | null {
	const paid = cost === undefined || pricePerHour === undefined ? Number.POSITIVE_INFINITY : (cost / pricePerHour) * 3600;
	const least = Math.min(seconds ?? Number.POSITIVE_INFINITY, paid);
	return Number.isFinite(least) ? least : null;
}

/** Each value once, in the order in which they are listed; what isn't searched is absent, so that such studies keep their hash. */
function resolveTune({ learningRate, momentum, weightDecay }: StudyFile["tune"]): Study["tune"] {
	return {
		learningRate,
		...(momentum && { momentum: [...new Set(momentum)] }),
		...(weightDecay && { weightDecay: [...new Set(weightDecay)] }),
	};
}

/** The keys of a network are defaults only where the data is an oracle, and fall away; a stream is always drawn with replacement. */
function resolveWorkload(workload: StudyFile["workload"], data: DataSource | undefined, module: string | undefined): Workload {
	if ("command" in workload) throw internal("a command of sound keys was not resolved");
	if ("trainer" in workload) {
		if (module === undefined) throw internal(`a study with the trainer ${workload.trainer} came without its module`);
		return { trainer: module, examples: workload.examples };
	}
	if (!data) throw internal("a study of sound keys came without its data");
	const { data: _, model, init, loss, labelSmoothing, reduction, optimizer, gradient, schedule, ...shared } = workload;
	const descent = { ...shared, ...resolveDescent({ optimizer, gradient, schedule }) };
	const smoothing = labelSmoothing !== undefined && { labelSmoothing };
	if (!isOracle(data)) return { data, model: (model ?? []).map(layerSpec), init, loss, ...smoothing, reduction, ...descent };
	return { data, ...descent, ...(oracleKindOf(data).isStream && { sampler: "with-replacement" }) };
}

/** Whether features are an image follows from the source, and is told only for the model to be held against it. */
const withoutImage = ({ image: _, ...facts }: DataFacts): DataFacts => facts;

/** All that is known of the data of code that isn't ours is what its author tells: N, or nothing. The content stands for both. */
const toldFacts = (examples: number | undefined, { sha256 }: { readonly sha256: string }): DataFacts => ({
	train: examples ?? 0,
	validation: 0,
	test: 0,
	features: 0,
	classes: 0,
	sha256,
});

const noFiles: Files = {
	locate: (path) => path,
	findModule: async (path) => {
		throw new SweetspotError("trainer/not-found", path, "trainer modules can only be loaded in Node");
	},
	findCommand: async ({ command }) => {
		throw new SweetspotError("trainer/not-found", command[0], "training scripts can only be run by Node");
	},
};

/**
 * SHA-256 of the resolved study. Left out is what changes no trial but only how the answer is read off them: its name, the objective, the tolerance (but those of a small
 * budget, which is spent where they are in doubt), the price of an hour. So is where its data or its trainer's module lies, whose content is in the facts of the data: the same file elsewhere is the same study.
 */
export function studyHash({ name: _name, pricePerHour: _price, objective, tolerance, ...study }: Study): string {
	const asking = designOf(study).traits.asksByObjective && { objective, tolerance };
	return sha256Hex(canonicalJson({ ...study, ...asking, workload: wherever(study.workload) }));
}

function wherever(workload: Study["workload"]): object {
	if ("imported" in workload) return { imported: { ...workload.imported, file: undefined } };
	if (isFunction(workload)) return { examples: workload.examples };
	if (isCommand(workload)) return { ...workload, directory: undefined, grace: undefined, retry: undefined };
	return { ...workload, data: { ...workload.data, ...Object.fromEntries(placesOf(workload.data).map((place) => [place, undefined])) } };
}

function invalid(problems: readonly Problem[]): SweetspotError {
	const list = problems.map(({ path, message }) => `\n  ${path}: ${message}`).join("");
	const what = problems.length === 1 ? "one problem" : `${problems.length} problems`;
	return new SweetspotError(
		"study/invalid",
		`${what}${list}`,
		"mend the keys named above; `docs/study.md` lists every key with its values",
	);
}

/** The parts of a study that are sound by themselves, whatever is wrong with the others. */
interface Parts {
	/** As written. */
	readonly workload: Readonly<Record<string, unknown>>;
	readonly data: DataSource | undefined;
	readonly trainer: TrainerPart | undefined;
	readonly command: CommandWorkload | undefined;
	/** Null for each layer that is not sound. */
	readonly model: readonly (LayerSpec | null)[];
	/** Single sizes with their paths, whether in a list or a range's ends. */
	readonly batchSizes: readonly { readonly path: string; readonly size: number | "full" }[];
	/** Else they have their default. */
	readonly sizesWritten: boolean;
	readonly batchRange: { readonly from: number; readonly to: number | "full" } | undefined;
	readonly goal: StudyFile["goal"] | undefined;
	readonly tune: StudyFile["tune"] | undefined;
	/** As written; undefined where no comparison at equal budgets is asked for. */
	readonly comparisons: unknown;
}

type TrainerPart = z.output<typeof studyParts.trainer>;

function soundParts(input: unknown, locate: Locate): Parts {
	const { workload: written, batchSizes, goal, tune, comparisons } = membersOf(input);
	const workload = membersOf(written);
	const { data, model } = workload;
	const command = studyParts.command.safeParse(workload).data;
	const range = studyParts.batchRange.safeParse(batchSizes).data;
	const listed = Array.isArray(batchSizes) ? batchSizes.map((size, i) => [`batchSizes[${i}]`, size] as const) : [];
	const ends = range
		? ([
				["batchSizes.from", range.from],
				["batchSizes.to", range.to],
			] as const)
		: [];
	return {
		workload,
		data: readSource(data, locate) ?? undefined,
		trainer: studyParts.trainer.safeParse(workload).data,
		command: command && resolveCommand(command, locate),
		model: Array.isArray(model) ? model.map(soundLayer) : [],
		batchSizes: [...listed, ...ends].flatMap(([path, value]) => {
			const size = studyParts.batchSize.safeParse(value).data;
			return size === undefined ? [] : [{ path, size }];
		}),
		sizesWritten: batchSizes !== undefined,
		batchRange: range,
		goal: studyParts.goal.safeParse(goal).data,
		tune: studyParts.tune.safeParse(tune).data,
		comparisons,
	};
}

function soundLayer(written: unknown): LayerSpec | null {
	const layer = studyParts.layer.safeParse(written).data;
	return layer === undefined ? null : layerSpec(layer);
}

const aroundCommand = ({ goal, tune, batchSizes, sizesWritten, batchRange, comparisons }: Parts, input: unknown) => ({
	goal,
	tune,
	toFull: !sizesWritten || batchRange?.to === "full" || batchSizes.some(({ size }) => size === "full"),
	limits: membersOf(membersOf(input).limits),
	comparisons,
});

/** What no single key shows: keys that contradict each other. */
function contradictions({ goal, tune, batchRange }: Parts): readonly Problem[] {
	const problems = goal ? goalProblems(goal) : [];
	const { from, to } = tune?.learningRate ?? { from: 0, to: 1 };
	if (from > to) problems.push({ path: "tune.learningRate", message: swapped(from, to) });
	if (typeof batchRange?.to === "number" && batchRange.from > batchRange.to) {
		problems.push({ path: "batchSizes", message: swapped(batchRange.from, batchRange.to) });
	}
	return problems;
}

const priceProblems = ({ budget, pricePerHour }: Readonly<Record<string, unknown>>): readonly Problem[] =>
	membersOf(budget).cost === undefined || pricePerHour !== undefined
		? []
		: [{ path: "pricePerHour", message: "missing: what an hour of the machine costs, for `budget.cost` to become a time" }];

const swapped = (from: number, to: number): string => `found from ${from} to ${to}, expected \`from\` to be the smaller: swap them`;

function goalProblems({ metric, atLeast, atMost }: StudyFile["goal"]): Problem[] {
	const problems: Problem[] = [];
	const say = (key: "atLeast" | "atMost", message: string) => problems.push({ path: `goal.${key}`, message });
	const [right, wrong] = metric.endsWith(".accuracy") ? (["atLeast", "atMost"] as const) : (["atMost", "atLeast"] as const);
	const value = right === "atLeast" ? atLeast : atMost;
	if ((right === "atLeast" ? atMost : atLeast) !== undefined) {
		say(wrong, `${metric} is a goal from ${right === "atLeast" ? "below" : "above"}: use \`${right}\``);
	} else if (value === undefined) say(right, "missing: the value the metric must reach");
	else if (right === "atLeast" && !(value > 0 && value <= 1))
		say(right, `found ${value}, expected an accuracy above 0 and at most 1 (95 % is 0.95)`);
	else if (metric.endsWith(".error") && !(value >= 0 && value < 1)) say(right, `found ${value}, expected an error rate from 0 to below 1`);
	else if (metric.endsWith(".loss") && value < 0) say(right, `found ${value}, expected 0 or more`);
	return problems;
}

/** The smallest and the largest of the batch sizes asked for, and where they stand; null where they are not sound. */
function ends({ batchSizes, sizesWritten }: Parts, examples: number): NetworkParts["batchSizes"] {
	if (!sizesWritten) return { smallest: { path: "batchSizes", size: 1 }, largest: { path: "batchSizes", size: examples } };
	const sizes = batchSizes.map(({ path, size }) => ({ path, size: size === "full" ? examples : size })).sort((a, b) => a.size - b.size);
	const [smallest, largest] = [sizes.at(0), sizes.at(-1)];
	return smallest && largest ? { smallest, largest } : null;
}

/** What a study asks of its data that the data can't give. */
function misfits(parts: Parts, facts: DataFacts): readonly Problem[] {
	const { workload, data, model, batchSizes, goal } = parts;
	const { train, validation } = facts;
	const problems: Problem[] = batchSizes.flatMap(({ path, size }) =>
		size === "full" || size <= train || train === 0
			? []
			: [{ path, message: `batch size ${size} is larger than the training set of ${train} examples: use at most ${train}, or \`full\`` }],
	);
	if (data && !isOracle(data) && validation === 0) {
		problems.push({
			path: "workload.data",
			message: `too few examples: of ${train} none is left for the validation set, which has a fifth${facts.classes > 0 ? " of each class" : ""}`,
		});
	}
	const loss = studyParts.loss.safeParse(workload.loss).data;
	const labelSmoothing = studyParts.labelSmoothing.safeParse(workload.labelSmoothing).data;
	problems.push(...networkProblems({ data, model, loss, labelSmoothing, goal, batchSizes: ends(parts, train) }, facts));
	return problems;
}

/** Ascending, without repeats. A range that goes to `full` has the whole training set as its last. */
function sizes(asked: StudyFile["batchSizes"], examples: number): readonly number[] {
	const number = (size: number | "full") => (size === "full" ? examples : size);
	const found = new Set<number>();
	if (Array.isArray(asked)) for (const size of asked) found.add(number(size));
	else {
		const last = number(asked.to);
		for (let size: number = asked.from; Math.round(size) < last; size = Math.max(size * asked.factor, Math.round(size) + 1))
			found.add(Math.round(size));
		found.add(last);
	}
	return [...found].sort((a, b) => a - b);
}
