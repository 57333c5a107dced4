import { SweetspotError } from "../core/errors.js";
import { membersOf } from "../core/members.js";
import { catalogue, type DataSource, isOracle, networkKindOf, readSource } from "../data/sources/table.js";
import type { StoredStudy } from "../study/contracts.js";
import { designOf } from "../study/designs.js";
import type { Study } from "../study/study.js";
import { isDescent, isNetwork } from "../study/workloads/table.js";

/**
 * What the page may run. A client that can send requests must not be able to run programs, read files or fill the machine: so no command,
 * no module, no path, no cluster and no variable; only data sets known by name or generated, networks of our own layers, and bounded sizes.
 */
const most = {
	/** Of generated data. fashion-mnist, the largest installed set, has 220 MB. */
	dataBytes: 64 * 2 ** 20,
	/** Units, filters, pixels: any number within `model`. */
	numberInModel: 4096,
	layers: 64,
	batchSizes: 32,
	seeds: 100,
	trials: 3000,
	steps: 100_000,
	epochs: 1000,
	settings: 16,
	rates: 200,
} as const;

/** Data sets that ship with the package, that system packages install, or that are generated: all except files that the user placed. */
export const allowedData: readonly string[] = catalogue.flatMap(({ data, kind }) => (["yours", "kept"].includes(kind) ? [] : [data]));

const byCommand = "run it from a terminal: `sweetspot tune STUDY`";

const refused = (what: string, fix: string = byCommand): SweetspotError => new SweetspotError("server/not-allowed", what, fix);

/**
 * Throws `server/not-allowed` if a study, as it was sent, asks for something that the page may not run. Nothing has been read or made for
 * it yet; what only the resolved study shows is checked by `requireAllowed`.
 */
export function requireAllowedInput(input: unknown): void {
	const workload = membersOf(membersOf(input).workload);
	for (const key of ["command", "trainer", "module"]) if (key in workload) throw refused(`it has workload.${key}`);
	const source = readSource(workload.data, (path) => {
		throw refused(`its data are at a path (${JSON.stringify(path)})`);
	});
	if (source) requireAllowedData(source);
	requireSmallModel(workload.model ?? []);
	if ("cluster" in membersOf(input)) throw refused("its trials run on a cluster");
}

/** The same for a stored study, from any source: a study is checked again before it is resumed. */
export function requireAllowed({ study, backend }: Pick<StoredStudy, "study" | "backend">): void {
	const { workload, batchSizes, seeds, limits, tune, comparisons, cluster } = study;
	if (!isDescent(workload)) throw refused("only networks of our own layers, and problems with a known answer, run from here");
	if (cluster) throw refused("its trials run on a cluster");
	if (backend !== "wasm") throw refused("its matrix products are those of a library of this machine");
	requireAllowedData(workload.data);
	if (isNetwork(workload)) requireSmallModel(workload.model);
	atMost("batch sizes", batchSizes.length, most.batchSizes);
	for (const count of Object.values(seeds)) atMost("seeds of a phase", count, most.seeds);
	atMost("steps of a trial", Math.max(limits.steps, comparisons?.steps ?? 0), most.steps);
	atMost("epochs of a trial", Math.max(limits.epochs, comparisons?.epochs ?? 0), most.epochs);
	for (const values of [tune.momentum, tune.weightDecay]) atMost("values of a setting", values?.length ?? 0, most.settings);
	const { from, to } = tune.learningRate;
	atMost("learning rates", 2 * Math.log2(to / from), most.rates);
	atMost("trials", expectedTrials(study), most.trials);
}

/** Why the page may not run a stored study, in words; null where it may. */
export function whyNotAllowed(stored: Pick<StoredStudy, "study" | "backend">): string | null {
	try {
		requireAllowed(stored);
		return null;
	} catch (error) {
		if (error instanceof SweetspotError && error.code === "server/not-allowed") return error.detail;
		throw error;
	}
}

const expectedTrials = (study: Study): number =>
	Math.min(study.budget.trials ?? Number.POSITIVE_INFINITY, designOf(study).typicalTrials(study));

function requireAllowedData(source: DataSource): void {
	if (!allowedData.includes(source.name))
		throw refused(`its data are ${source.name}`, `use one of ${allowedData.join(", ")}, or ${byCommand}`);
	if (!isOracle(source)) atMost("bytes of data", networkKindOf(source).bytes?.(source) ?? 0, most.dataBytes);
}

function requireSmallModel(model: unknown): void {
	const found = { layers: 0, largest: 0 };
	const look = (part: unknown): void => {
		if (typeof part === "number") found.largest = Math.max(found.largest, part);
		else if (Array.isArray(part)) {
			found.layers += part.length;
			for (const one of part) look(one);
		} else for (const one of Object.values(membersOf(part))) look(one);
	};
	look(model);
	atMost("layers", found.layers, most.layers);
	atMost("units, filters or pixels of a layer", found.largest, most.numberInModel);
}

/** NaN counts as too much. */
function atMost(what: string, count: number, limit: number): void {
	if (count <= limit) return;
	throw refused(`it has ${Math.ceil(count).toLocaleString("en-US")} ${what}, expected at most ${limit.toLocaleString("en-US")}`);
}
