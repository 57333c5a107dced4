import { canonicalJson } from "../../core/canonical.js";
import { fewOf } from "../../data/few.js";
import { factsAbout, factsOf, loadDataset } from "../../data/load.js";
import type { Trainer } from "../../study/contracts.js";
import type { DescentWorkload, TrainableStudy } from "../../study/study.js";
import { isNetwork } from "../../study/workloads/table.js";
import { BuiltinMachinery } from "../../trainers/builtin/machinery.js";
import { trainerFor } from "../../trainers/create.js";
import { trainerOn } from "../../trainers/trainer.js";
import type { Tools } from "../experiment.js";
import { Shared } from "./shared.js";
import { fewOfWorkload } from "./workloads.js";

/** A study as an experiment's settings have it: all but what only its data determine. */
export interface Question extends Omit<TrainableStudy, "data"> {
	readonly workload: DescentWorkload;
}

/** A study and its trainer: they serve any number of trials, one after the other. */
export interface OpenStudy {
	readonly study: TrainableStudy;
	readonly trainer: Trainer;
}

/** An experiment has one or two, and many tasks of each. */
const opened = new Shared<OpenStudy>();

/** Reads the data. Throws `data/…` and `model/…` errors. */
export const openStudy = (question: Question, tools: Tools): Promise<OpenStudy> =>
	opened.of(tools, canonicalJson(question), () => open(question, tools));

async function open(question: Question, { read, native }: Tools): Promise<OpenStudy> {
	const { workload } = question;
	const few = fewOfWorkload(workload);
	if (few && isNetwork(workload)) {
		const data = fewOf(await loadDataset(workload.data, read), few);
		const part = { ...question, data: await factsOf(data) };
		return { study: part, trainer: trainerOn(new BuiltinMachinery(part, workload, data, native), part) };
	}
	const study = { ...question, data: await factsAbout(question.workload.data, read) };
	return { study, trainer: await trainerFor(study, read, native) };
}
