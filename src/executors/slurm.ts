import { randomBytes } from "node:crypto";
import { slurmSystem } from "./cluster/slurm/system.js";
import { onCluster, usualClusterFolder, usualClusterSlots } from "./on-cluster.js";
import type { ExecutorKind } from "./study-executor.js";

export const slurm: ExecutorKind = {
	where: "jobs of a Slurm cluster",
	slotsFor: (_, { workers }) => workers ?? usualClusterSlots,
	open: (opening) =>
		onCluster(opening, opening.slots.workers ?? usualClusterSlots, usualClusterFolder, process.execPath, (place) =>
			slurmSystem(opening.study.cluster?.slurm ?? {}, place, randomBytes(4).toString("hex")),
		),
};
