import type { Trainer } from "../study/contracts.js";
import type { Study } from "../study/study.js";
import { trainerFor } from "./create.js";
import { readPackaged } from "./package-data.js";

/** The study's trainer, as a module that an executor's threads import. Throws `data/…` and `model/…` errors. */
export const createTrainer = (study: Study): Promise<Trainer> => trainerFor(study, readPackaged);
