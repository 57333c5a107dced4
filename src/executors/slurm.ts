import { randomBytes } from "node:crypto";
import { slurmSystem } from "./cluster/slurm/system.js";
import { onCluster } from "./on-cluster.js";
import type { ExecutorKind } from "./study-executor.js";

/** The default: on most clusters the nodes see the users' homes. */
const usualFolder = "~/sweetspot-jobs";

/** Default number of jobs at once: a cluster is shared. */
const usualSlots = 16;

export const slurm: ExecutorKind = {
	where: "jobs of a Slurm cluster",
	slotsFor: (_, { workers }) => workers ?? usualSlots,
	open: (opening) =>
		onCluster(opening, opening.slots.workers ?? usualSlots, usualFolder, process.execPath, (place) =>
			slurmSystem(opening.study.cluster?.slurm ?? {}, place, randomBytes(4).toString("hex")),
		),
};
