import { randomBytes } from "node:crypto";
import { SweetspotError } from "../core/errors.js";
import { siteSystem } from "./cluster/site/system.js";
import { onCluster, usualClusterFolder, usualClusterSlots } from "./on-cluster.js";
import type { ExecutorKind } from "./study-executor.js";

export const siteCommand: ExecutorKind = {
	where: "jobs by a site's own commands",
	slotsFor: (_, { workers }) => workers ?? usualClusterSlots,
	open: (opening) =>
		onCluster(opening, opening.slots.workers ?? usualClusterSlots, usualClusterFolder, process.execPath, (place) => {
			const commands = opening.study.cluster?.command;
			if (commands) return siteSystem(commands, place, randomBytes(4).toString("hex"));
			throw new SweetspotError(
				"cluster/unusable",
				"the study names no commands that submit, poll and cancel jobs",
				"add `cluster: { command: { submit: […], poll: […], cancel: […] } }` to the study file: docs/clusters.md has a template",
			);
		}),
};
