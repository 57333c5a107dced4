import { ownProgram } from "../../executors/cluster/program.js";
import { work } from "../../executors/cluster/work/work.js";

/** `sweetspot work FILE`: runs a job's file here, as a node does by the program that it is given. */
export const workOn = (file: string): Promise<number> => work(file, ownProgram());
