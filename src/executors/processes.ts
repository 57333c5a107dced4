import { availableParallelism } from "node:os";
import type { TrainableStudy } from "../study/study.js";
import { traitsOf } from "../study/workloads/table.js";
import { type Slots, slotCount } from "../trainers/command/session.js";
import { localPool } from "./cluster/local-pool.js";
import { localFolder, onCluster } from "./on-cluster.js";
import type { ExecutorKind } from "./study-executor.js";

const slotsFor = (study: TrainableStudy, slots: Slots): number =>
	traitsOf(study.workload).isProcess ? slotCount(slots) : (slots.workers ?? availableParallelism());

/** Jobs as a cluster runs them, in processes of this machine. */
export const processes: ExecutorKind = {
	where: "one process per job on this machine, as on a cluster",
	slotsFor,
	open: (opening) =>
		onCluster(opening, slotsFor(opening.study, opening.slots), localFolder(opening), process.execPath, ({ folder, program, node }) =>
			localPool(folder, program, node),
		),
};
