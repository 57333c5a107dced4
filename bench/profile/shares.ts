/** What a processor did in a sample, as far as a person wants to know. */
export const parts = ["training", "looks", "noise probes", "timing of steps", "storage", "design and analysis", "start", "rest"] as const;
export type Part = (typeof parts)[number];

/** A profile as Node's --cpu-prof writes it, one for each thread. */
export interface Profile {
	readonly nodes: readonly ProfileNode[];
	readonly samples: readonly number[];
	/** Microseconds since the sample before. */
	readonly timeDeltas: readonly number[];
}

/** A function; its place in the file, from 0. */
export interface Frame {
	readonly functionName: string;
	readonly url: string;
	readonly lineNumber: number;
	readonly columnNumber: number;
}

interface ProfileNode {
	readonly id: number;
	readonly callFrame: Frame;
	readonly children?: readonly number[];
}

/** The innermost function that says what is being done decides: a pattern of its file, one of its name, and the part. */
const rules: readonly (readonly [file: RegExp, name: RegExp, part: Part])[] = [
	[/trainers\/builtin\/machinery\.ts$/, /^(step|advance|begin)$/, "training"],
	[/trainers\/builtin\/machinery\.ts$/, /^evaluate$/, "looks"],
	[/trainers\/builtin\/machinery\.ts$/, /^probe$/, "noise probes"],
	[/src\/store\//, /./, "storage"],
	[/src\/(study|analysis|runner)\//, /./, "design and analysis"],
	[
		/src\/data\/|engine\/kernels\.ts$|node:internal\/(modules|bootstrap|main|process\/(esm|execution|pre))|node:internal\/worker/,
		/./,
		"start",
	],
];
/** Steps that are timed are no training: this function anywhere around them. */
const timing = { file: /trainers\/bench-of\.ts$/, part: "timing of steps" } as const;

const nothing = ["(idle)", "(root)"];

/** Seconds of processor time of each part. Of a thread that waits nothing is counted. `sourceOf`: the file that a function was written in. */
export function secondsOf(profiles: readonly Profile[], sourceOf: (frame: Frame) => string): Readonly<Record<Part, number>> {
	const seconds = Object.fromEntries(parts.map((part) => [part, 0])) as Record<Part, number>;
	for (const { nodes, samples, timeDeltas } of profiles) {
		const byId = new Map(nodes.map((node) => [node.id, node]));
		const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
		const known = new Map<number, Part | null>();
		for (const [i, id] of samples.entries()) {
			let part = known.get(id);
			if (part === undefined) {
				part = partOf(stackOf(id, byId, parents), sourceOf);
				known.set(id, part);
			}
			if (part !== null) seconds[part] += timeDeltas[i] / 1e6;
		}
	}
	return seconds;
}

function* stackOf(id: number, byId: ReadonlyMap<number, ProfileNode>, parents: ReadonlyMap<number, number>): Generator<Frame> {
	for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
		const node = byId.get(at);
		if (node) yield node.callFrame;
	}
}

function partOf(stack: Iterable<Frame>, sourceOf: (frame: Frame) => string): Part | null {
	let found: Part | null = null;
	let first = true;
	for (const frame of stack) {
		if (first && nothing.includes(frame.functionName)) return null;
		first = false;
		const source = sourceOf(frame);
		if (timing.file.test(source)) return timing.part;
		found ??= rules.find(([file, name]) => file.test(source) && name.test(frame.functionName))?.[2] ?? null;
	}
	return found ?? "rest";
}
