import { randomBytes } from "node:crypto";
import { findDashboard } from "./cluster/ray/dashboard.js";
import { raySystem } from "./cluster/ray/system.js";
import { onCluster, usualClusterFolder, usualClusterSlots } from "./on-cluster.js";
import type { ExecutorKind } from "./study-executor.js";

export const ray: ExecutorKind = {
	where: "jobs of a Ray cluster",
	slotsFor: (_, { workers }) => workers ?? usualClusterSlots,
	open: (opening) => {
		const options = opening.study.cluster?.ray ?? {};
		return onCluster(opening, opening.slots.workers ?? usualClusterSlots, usualClusterFolder, process.execPath, (place) =>
			raySystem(findDashboard(options.address, process.env), options, place, randomBytes(4).toString("hex")),
		);
	},
};
