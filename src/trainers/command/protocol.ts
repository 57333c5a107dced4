import type { GradientNorms } from "../../core/trial.js";

/** How far a script reports to be: at least one of the three. */
export interface ReportedPlace {
	readonly step?: number;
	/** Passes over the training set; may be a fraction. */
	readonly epoch?: number;
	readonly examples?: number;
}

/** What a line says of a run. */
export interface TrainingEvent {
	readonly place: ReportedPlace;
	/** Names and values as they stand there: `ReportWatch` judges them. */
	readonly metrics: Readonly<Record<string, unknown>>;
	readonly gradient: Omit<GradientNorms, "step"> | null;
	/** Of training alone, by the script's own clock; null where it doesn't report them. */
	readonly seconds: number | null;
	/** The trial that the line says it is about, where it does. */
	readonly trial: string | null;
	/** The tracker that it was heard from; absent where the script reports itself. */
	readonly heard?: string;
}

/** An event, or what is wrong with a line that was meant to be one. */
export type Parsed = TrainingEvent | { readonly wrong: string };

const version = 1;

/** Beyond this, numbers can't count one by one. */
export const mostCounted = Number.MAX_SAFE_INTEGER;

/** A longer line isn't an event. */
const longestEventCharacters = 65536;

/**
 * What a line says in the protocol: one JSON object whose key `sweetspot` is the version. Null where it isn't an event. NaN and the
 * infinities are taken as Python writes them (`NaN`), as words (`"NaN"`), and as JavaScript does (`null`).
 */
export function parseEvent(line: string): Parsed | null {
	const text = line.trim();
	if (!text.startsWith("{") || !text.includes('"sweetspot"') || text.length > longestEventCharacters) return null;
	const value = parsedJson(text);
	if (value === undefined)
		return text.startsWith('{"sweetspot"') ? { wrong: `a line begins as an event and is no JSON: ${shown(text)}` } : null;
	if (!isRecord(value) || !("sweetspot" in value)) return null;
	const { sweetspot, step, epoch, examples, seconds, metrics = {}, gradient, trial } = value;
	if (sweetspot !== version) return { wrong: `it speaks version ${written(sweetspot)} of the protocol, expected ${version}` };
	for (const [name, counter] of Object.entries({ step, epoch, examples, seconds }))
		if (counter !== undefined && !(typeof counter === "number" && counter >= 0 && counter <= mostCounted))
			return { wrong: `an event's ${name} is ${written(counter)}, expected a number` };
	if (step === undefined && epoch === undefined && examples === undefined)
		return { wrong: `an event has neither step, epoch nor examples: ${shown(text)}` };
	if (!isRecord(metrics)) return { wrong: `an event's metrics are ${written(metrics)}, expected names and values` };
	const odd = Object.entries(metrics).find(([, metric]) => metric !== null && !["number", "string"].includes(typeof metric));
	if (odd) return { wrong: `an event's ${shown(odd[0])} is ${written(odd[1])}, expected a number` };
	if (trial !== undefined && typeof trial !== "string") return { wrong: `an event's trial is ${written(trial)}, expected a text` };
	const norms = gradient === undefined ? null : normsOf(gradient);
	if (norms !== null && "wrong" in norms) return norms;
	const place = { ...(isNumber(step) && { step }), ...(isNumber(epoch) && { epoch }), ...(isNumber(examples) && { examples }) };
	const values = Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metricOf(metric)]));
	return { place, metrics: values, gradient: norms, seconds: isNumber(seconds) ? seconds : null, trial: trial ?? null };
}

/** A metric's value: words for what JSON has no number for, else unchanged. */
const metricOf = (metric: unknown): unknown =>
	metric === null ? Number.NaN : typeof metric === "string" ? (notFinite(metric) ?? metric) : metric;

/** The number that a word for NaN or an infinity means, as Python, C and JavaScript print them; null for any other text. */
export function notFinite(word: string): number | null {
	const [, sign, name] = /^([+-]?)(nan|inf|infinity)$/i.exec(word) ?? [];
	if (name === undefined) return null;
	return name.toLowerCase() === "nan" ? Number.NaN : sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function normsOf(gradient: unknown): Omit<GradientNorms, "step"> | { readonly wrong: string } | null {
	const { small, big } = isRecord(gradient) ? gradient : {};
	const [one, other] = [normOf(small), normOf(big)];
	if (one === null || other === null || one.batch >= other.batch)
		return {
			wrong: `an event's gradient is ${written(gradient)}, expected {"small":{"batch":32,"squaredNorm":0.5},"big":{"batch":256,"squaredNorm":0.1}}, the first of the smaller batch`,
		};
	// A run that is about to diverge: its loss will show it.
	return Number.isFinite(one.squaredNorm) && Number.isFinite(other.squaredNorm) ? { small: one, big: other } : null;
}

function normOf(value: unknown): GradientNorms["small"] | null {
	if (!isRecord(value)) return null;
	const { batch } = value;
	const squaredNorm = metricOf(value.squaredNorm);
	// Of unequal batches the small size is a mean, and need not be whole.
	if (typeof batch !== "number" || !(batch >= 1 && batch <= mostCounted)) return null;
	return typeof squaredNorm === "number" && !(squaredNorm < 0) ? { batch, squaredNorm } : null;
}

/** A string, which is kept, or a bare word that Python writes where JSON has no number. */
const words = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** JSON, with NaN and infinities as Python writes them, which become texts. Undefined where it is none. */
export function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		try {
			return JSON.parse(text.replace(words, (word) => (word.startsWith('"') ? word : `"${word}"`)));
		} catch {
			return undefined;
		}
	}
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as the line has it. What is nested too deeply to be written again is said to be so. */
function written(value: unknown): string {
	try {
		return shown(JSON.stringify(value));
	} catch {
		return "nested thousands of levels deep";
	}
}

/** As much of a text as fits into a message. */
const shown = (text = "undefined"): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);
