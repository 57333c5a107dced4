import { internal, SweetspotError } from "../core/errors.js";
import type { Dataset } from "../data/dataset.js";
import { factsOf, loadDataset } from "../data/load.js";
import type { DataFacts, ReadBytes } from "../data/source.js";
import type { NativeProducts } from "../engine/native-products.js";
import type { Trainer } from "../study/contracts.js";
import type { NetworkWorkload, TrainableStudy } from "../study/study.js";
import { isDescent, isNetwork } from "../study/workloads/table.js";
import { BuiltinMachinery } from "./builtin/machinery.js";
import type { Machinery } from "./machinery.js";
import { oracleOf } from "./oracle/create.js";
import { OracleMachinery } from "./oracle/machinery.js";
import { trainerOn } from "./trainer.js";

/**
 * The trainer of a study's workload: a network on the built-in engine, or an oracle. Loads the data once. Throws `data/…` and `model/…`
 * errors.
 */
export const trainerFor = async (study: TrainableStudy, read: ReadBytes, native: NativeProducts | null = null): Promise<Trainer> =>
	trainerOn(await machineryFor(study, read, native), study);

async function machineryFor(study: TrainableStudy, read: ReadBytes, native: NativeProducts | null): Promise<Machinery> {
	const { workload } = study;
	if (!isDescent(workload)) throw internal("only what our own loop trains has a machinery");
	if (isNetwork(workload)) return await networkFor(study, workload, read, native);
	return new OracleMachinery(oracleOf(study, workload), workload);
}

/** A study's network on the built-in engine, with its data. Throws `data/…`, `model/…` and `engine/…` errors. */
export async function networkFor(
	study: TrainableStudy,
	workload: NetworkWorkload,
	read: ReadBytes,
	native: NativeProducts | null,
): Promise<BuiltinMachinery> {
	const data = await loadDataset(workload.data, read);
	await checkUnchanged(study.data, workload, data);
	return new BuiltinMachinery(study, workload, data, native);
}

/** Continuing a study with other data would mix two answers. Throws `data/changed`. */
async function checkUnchanged(data: DataFacts, workload: NetworkWorkload, loaded: Dataset): Promise<void> {
	const facts = await factsOf(loaded);
	if (facts.sha256 === data.sha256) return;
	const described = ({ train, validation, test, sha256 }: DataFacts) =>
		`${train} + ${validation} + ${test} examples with SHA-256 ${sha256.slice(0, 12)}…`;
	throw new SweetspotError(
		"data/changed",
		`${workload.data.name}: ${described(data)} when the study began, now ${described(facts)}`,
		"put the data back as it was, or begin a new study: `sweetspot tune STUDY`",
	);
}
