import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { makePrivateFolder, writePrivateFile } from "./cluster/folder.js";
import { findDashboard } from "./cluster/ray/dashboard.js";
import { sharedFolder } from "./cluster/ray/shared-folder.js";
import { raySystem } from "./cluster/ray/system.js";
import { uploaded } from "./cluster/ray/uploaded.js";
import { type SessionPackage, sessionPackage } from "./cluster/upload/session-package.js";
import { localFolder, onCluster, usualClusterFolder, usualClusterSlots } from "./on-cluster.js";
import type { ExecutorKind, Opening, StudyExecutor } from "./study-executor.js";

export const ray: ExecutorKind = {
	where: "jobs of a Ray cluster",
	slotsFor: (_, { workers }) => workers ?? usualClusterSlots,
	open: (opening) => (opening.study.cluster?.ray?.upload === true ? openUploading(opening) : openSharing(opening)),
};

const newSession = (): string => randomBytes(4).toString("hex");

function openSharing(opening: Opening): Promise<StudyExecutor> {
	const options = opening.study.cluster?.ray ?? {};
	return onCluster(opening, opening.slots.workers ?? usualClusterSlots, usualClusterFolder, process.execPath, ({ tag, ...place }) =>
		raySystem(findDashboard(options.address, process.env), options, tag, newSession(), sharedFolder(place)),
	);
}

/** Nothing is shared: the folder of jobs is this process's own. */
function openUploading(opening: Opening): Promise<StudyExecutor> {
	const { study, id, store } = opening;
	const { ray: options = {}, folder: _, ...cluster } = study.cluster ?? {};
	const here = { ...opening, study: { ...study, cluster: { ...cluster, ray: options } } };
	return onCluster(here, opening.slots.workers ?? usualClusterSlots, localFolder(opening), "node", ({ tag, program, node }) => {
		const dashboard = findDashboard(options.address, process.env);
		const delivery = uploaded(
			dashboard,
			node,
			() => sessionPackage({ study, id, store, program }),
			(session) => listed(opening, session),
		);
		return raySystem(dashboard, options, tag, newSession(), delivery);
	});
}

/** Lists what will be uploaded of the user's files, before anything is. */
function listed({ store, id }: Opening, { uploaded: files, uploadedBytes, bytes }: SessionPackage): string | null {
	if (files.length === 0) return null;
	const size = `${Math.ceil(uploadedBytes / 1000)} kB`;
	const words = `Ray gets ${files.length === 1 ? "one file of yours" : `${files.length} files of yours`}, ${size}, in a package of ${Math.ceil(bytes.length / 1000)} kB`;
	if (store === null) return `${words}: ${files.slice(0, 10).join(", ")}${files.length > 10 ? ", …" : ""}`;
	const list = join(makePrivateFolder(join(store, "logs", id)), "uploaded.txt");
	writePrivateFile(list, files.map((file) => `${file}\n`).join(""));
	return `${words}. ${list} lists them`;
}
