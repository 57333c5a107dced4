import { canonicalJson, sha256Hex } from "../core/canonical.js";
import { SweetspotError } from "../core/errors.js";
import { usualWindow } from "../core/goal.js";
import { membersOf } from "../core/members.js";
import { recordables } from "../core/recorded.js";
import type { DataFacts } from "../data/source.js";
import { baselineProblems } from "./baseline-problems.js";
import { resolveComparisons } from "./comparisons/amounts.js";
import { designOf } from "./designs.js";
import { goalProblems } from "./goal-problems.js";
import { horizonProblems } from "./horizon/problems.js";
import { ladderProblems } from "./ladder/problems.js";
import type { Problem } from "./problem.js";
import { mostProblems, problemsOf } from "./problems.js";
import { resolveCluster } from "./resolve-cluster.js";
import { type StudyFile, studyParts, studySchema } from "./schema.js";
import { searchProblems } from "./search-problems.js";
import type { Study, TrainableStudy } from "./study.js";
import { shareProblems } from "./workloads/command/parts-problems.js";
import type { Around, FactsOf, Files } from "./workloads/kind.js";
import { hashedWorkload, isCommand, readerOf } from "./workloads/table.js";

/**
 * Checks what a study's author wrote (parsed YAML or JSON) and fills in every default. Lists all problems at once: those of the schema,
 * and, as far as the parts involved are valid, those that only the data can show (a batch size larger than the training set, a last layer
 * that doesn't fit the classes). Throws `study/invalid` and what `factsOf`, `findModule` and `findCommand` throw.
 */
export async function resolveStudy(input: unknown, factsOf: FactsOf, files: Partial<Files> = {}): Promise<TrainableStudy> {
	const parsed = studySchema.safeParse(input);
	const written = membersOf(membersOf(input).workload);
	const workload = await readerOf(written).read(written, factsOf, { ...noFiles, ...files });
	const { facts } = workload;
	const parts = soundParts(membersOf(input));
	const problems = [
		...(parsed.success ? [] : problemsOf(parsed.error.issues, input)),
		...contradictions(parts),
		...priceProblems(membersOf(input)),
		...(facts ? tooLarge(parts, facts) : []),
		...workload.problems(around(membersOf(input), parts)),
	];
	if (!parsed.success || !facts || problems.length > 0) throw invalid(problems);

	const { batchSizes, limits, budget, comparisons, goal, tune, record: asked, pricePerHour, baseline, cluster, ...rest } = parsed.data;
	const study = {
		...rest,
		workload: workload.resolve(),
		data: withoutImage(facts),
		goal: resolveGoal(goal),
		batchSizes: sizes(batchSizes, facts.train),
		tune: resolveTune(tune),
		limits: { ...limits, seconds: limits.seconds ?? null },
		budget: {
			trials: budget.trials ?? null,
			seconds: secondsOfBudget(budget, pricePerHour),
			...(budget.trainings !== undefined && { trainings: budget.trainings }),
		},
		...(pricePerHour !== undefined && { pricePerHour }),
		...(baseline && { baseline: resolveBaseline(baseline) }),
		...(cluster && { cluster: resolveCluster(cluster, files.locate ?? noFiles.locate) }),
		...(asked && { record: recordables.filter((name) => asked.includes(name)) }),
	};
	const contradicting = [
		...(isCommand(study.workload) ? shareProblems(study.workload, study.batchSizes, facts.train) : []),
		...(isCommand(study.workload) && study.baseline
			? shareProblems(study.workload, [study.baseline.batchSize], facts.train, "baseline.batchSize")
			: []),
		...baselineProblems(study),
		...searchProblems(study),
		...horizonProblems(comparisons ? { ...study, comparisons: resolveComparisons(comparisons, study) } : study),
		...ladderProblems(comparisons ? { ...study, comparisons: resolveComparisons(comparisons, study) } : study),
	];
	if (contradicting.length > 0) throw invalid(contradicting);
	// Absent if not asked for, so that such studies keep their hash.
	return comparisons ? { ...study, comparisons: resolveComparisons(comparisons, study) } : study;
}

/** Seconds that the budget buys: as many as are asked for, or as the money pays for, if that is less; null where there is neither. */
function secondsOfBudget({ seconds, cost }: StudyFile["budget"], pricePerHour: number | undefined): number | null {
	const paid = cost === undefined || pricePerHour === undefined ? Number.POSITIVE_INFINITY : (cost / pricePerHour) * 3600;
	const least = Math.min(seconds ?? Number.POSITIVE_INFINITY, paid);
	return Number.isFinite(least) ? least : null;
}

/** `window` is absent where it is the usual, so that two ways to write a study have one hash. */
function resolveGoal({ metric, atLeast, atMost, window = usualWindow, best, horizon, give }: StudyFile["goal"]): Study["goal"] {
	if (best && horizon && give !== undefined) return { metric, best, horizon, give };
	return { metric, ...(atLeast === undefined ? { atMost: atMost ?? 0 } : { atLeast }), ...(window !== usualWindow && { window }) };
}

const resolveBaseline = ({ batchSize, learningRate, momentum, weightDecay, flags }: NonNullable<StudyFile["baseline"]>) => ({
	batchSize,
	learningRate,
	...(momentum !== undefined && { momentum }),
	...(weightDecay !== undefined && { weightDecay }),
	...(flags !== undefined && { flags }),
});

/** Each value once, in the order in which they are listed; what isn't searched is absent, so that such studies keep their hash. */
function resolveTune({ learningRate, momentum, weightDecay, flags }: StudyFile["tune"]): Study["tune"] {
	return {
		learningRate,
		...(momentum && { momentum: [...new Set(momentum)] }),
		...(weightDecay && { weightDecay: [...new Set(weightDecay)] }),
		...(flags && { flags: Object.fromEntries(Object.entries(flags).map(([name, values]) => [name, [...new Set(values)]])) }),
	};
}

/** Whether features are an image follows from the source, and is known only so that the model can be checked against it. */
const withoutImage = ({ image: _, ...facts }: DataFacts): DataFacts => facts;

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
 * SHA-256 of the resolved study. It leaves out what changes no trial: the name, the price of an hour, the cluster, and the objective and
 * tolerance (except under a small budget, whose trials depend on them). It also leaves out the paths of the data and of the trainer's
 * module, whose content is in the facts of the data: the same file elsewhere is the same study.
 */
export function studyHash({ name: _name, pricePerHour: _price, cluster: _cluster, objective, tolerance, ...study }: Study): string {
	const asking = designOf(study).traits.asksByObjective && { objective, tolerance };
	return sha256Hex(canonicalJson({ ...study, ...asking, workload: hashedWorkload(study.workload) }));
}

function invalid(problems: readonly Problem[]): SweetspotError {
	const listed = problems.slice(0, mostProblems + 1).map(({ path, message }) => `\n  ${path}: ${message}`);
	const list = `${listed.join("")}${problems.length > listed.length ? `\n  … and ${problems.length - listed.length} more` : ""}`;
	const what = problems.length === 1 ? "one problem" : `${problems.length} problems`;
	return new SweetspotError(
		"study/invalid",
		`${what}${list}`,
		"correct the keys named above; `docs/study.md` lists every key with its values",
	);
}

/** The parts of a study that are valid by themselves, even if others are not. */
interface Parts {
	readonly batchSizes: readonly { readonly path: string; readonly size: number | "full" }[];
	/** Else they have their default. */
	readonly sizesWritten: boolean;
	readonly batchRange: { readonly from: number; readonly to: number | "full" } | undefined;
	readonly goal: StudyFile["goal"] | undefined;
	readonly tune: StudyFile["tune"] | undefined;
}

function soundParts({ batchSizes, goal, tune }: Readonly<Record<string, unknown>>): Parts {
	const range = studyParts.batchRange.safeParse(batchSizes).data;
	const listed = Array.isArray(batchSizes) ? batchSizes.map((size, i) => [`batchSizes[${i}]`, size] as const) : [];
	const ends = range
		? ([
				["batchSizes.from", range.from],
				["batchSizes.to", range.to],
			] as const)
		: [];
	return {
		batchSizes: [...listed, ...ends].flatMap(([path, value]) => {
			const size = studyParts.batchSize.safeParse(value).data;
			return size === undefined ? [] : [{ path, size }];
		}),
		sizesWritten: batchSizes !== undefined,
		batchRange: range,
		goal: studyParts.goal.safeParse(goal).data,
		tune: studyParts.tune.safeParse(tune).data,
	};
}

/** What a workload must fit. */
const around = ({ limits, record, objective, comparisons }: Readonly<Record<string, unknown>>, parts: Parts): Around => ({
	goal: parts.goal,
	tune: parts.tune,
	batchSizes: (examples) => ends(parts, examples),
	toFull: !parts.sizesWritten || parts.batchRange?.to === "full" || parts.batchSizes.some(({ size }) => size === "full"),
	limits: membersOf(limits),
	record,
	objective,
	comparisons,
});

/** Problems that no single key shows: keys that contradict each other. */
function contradictions({ goal, tune, batchRange }: Parts): readonly Problem[] {
	const problems = goal ? [...goalProblems(goal)] : [];
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

/** The smallest and the largest of the batch sizes asked for, and where they stand; null where they are not sound. */
function ends({ batchSizes, sizesWritten }: Parts, examples: number): ReturnType<Around["batchSizes"]> {
	if (!sizesWritten) return { smallest: { path: "batchSizes", size: 1 }, largest: { path: "batchSizes", size: examples } };
	const sizes = batchSizes.map(({ path, size }) => ({ path, size: size === "full" ? examples : size })).sort((a, b) => a.size - b.size);
	const [smallest, largest] = [sizes.at(0), sizes.at(-1)];
	return smallest && largest ? { smallest, largest } : null;
}

/** Batch sizes that the training set is too small for. */
const tooLarge = ({ batchSizes }: Parts, { train }: DataFacts): readonly Problem[] =>
	batchSizes.flatMap(({ path, size }) =>
		size === "full" || size <= train || train === 0
			? []
			: [{ path, message: `batch size ${size} is larger than the training set of ${train} examples: use at most ${train}, or \`full\`` }],
	);

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
