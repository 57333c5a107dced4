/** The thread that computes findings and draws charts: answers stay quick while it does, and training goes first. */
import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { answerFrom } from "../api/answer.js";
import { internal } from "../core/errors.js";
import { studyParts } from "../page/study-parts.js";
import { summaryOf } from "../page/summary.js";
import type { FindingsReply, FindingsRequest } from "./findings-protocol.js";
import { FollowedStore } from "./followed-store.js";

const port = parentPort;
if (port === null) throw internal("findings are computed in a thread");
// On Linux a thread has a priority of its own; elsewhere this would slow down the answers as well.
// Not the lowest: between threads that train on every core, that one would hardly ever run.
if (process.platform === "linux") setPriority(Math.round(constants.priority.PRIORITY_BELOW_NORMAL / 2));

const { folder } = workerData as { readonly folder: string };
const followed = new FollowedStore(folder);

port.on("message", ({ id, study }: FindingsRequest) => {
	port.postMessage(reply(id, study));
});

function reply(id: number, study: string): FindingsReply {
	try {
		const store = followed.now();
		if (store === null) return { id, error: "there is no store" };
		const { view } = answerFrom(store, store.find(study));
		return {
			id,
			computed: { summary: summaryOf(view), parts: studyParts(view), next: view.next },
			json: `${JSON.stringify(view, null, 2)}\n`,
		};
	} catch (error) {
		return { id, error: error instanceof Error ? error.message : String(error) };
	}
}
