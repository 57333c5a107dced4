import type { Trainer } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { readPackaged } from "../package-data.js";
import { createBuiltinTrainer } from "./trainer.js";

/** The built-in trainer as a module that an executor's threads import. */
export const createTrainer = (study: Study): Promise<Trainer> => createBuiltinTrainer(study, readPackaged);
