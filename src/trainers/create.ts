import { internal } from "../core/errors.js";
import { loadDataset } from "../data/load.js";
import type { ReadPackaged } from "../data/source.js";
import type { Trainer } from "../study/contracts.js";
import { isForeign, type Study } from "../study/study.js";
import { BuiltinMachinery } from "./builtin/machinery.js";
import type { Machinery } from "./machinery.js";
import { oracleOf } from "./oracle/create.js";
import { OracleMachinery } from "./oracle/machinery.js";
import { trainerOn } from "./trainer.js";

/** The trainer of a study's workload: a network on the built-in engine, or an oracle. Loads the data once. Throws `data/…` and `model/…` errors. */
export const trainerFor = async (study: Study, read: ReadPackaged): Promise<Trainer> => trainerOn(await machineryFor(study, read), study);

async function machineryFor(study: Study, read: ReadPackaged): Promise<Machinery> {
	const { workload } = study;
	if (isForeign(workload)) throw internal(`${workload.trainer} trains by itself`);
	if (!("model" in workload)) return new OracleMachinery(oracleOf(study, workload), workload.optimizer);
	return new BuiltinMachinery(study, workload, await loadDataset(workload.data, read));
}
