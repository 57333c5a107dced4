import { ownProgram } from "../../executors/cluster/program.js";
import { folderChannel } from "../../executors/cluster/work/job-channel.js";
import { work } from "../../executors/cluster/work/work.js";

/** `sweetspot work FILE`: runs a job's file here, as a node does by the program that it is given. */
export const workOn = async (file: string): Promise<number> => work(folderChannel(file, null), ownProgram());
