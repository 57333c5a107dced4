/** A thread that computes findings and draws charts, so that the server keeps answering quickly and training has priority. */
import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { answerFrom } from "../api/answer.js";
import { internal } from "../core/errors.js";
import { studyParts } from "../page/study-parts.js";
import { summaryOf } from "../page/summary.js";
import type { FindingsReply, FindingsRequest, FindingsThreadData } from "./findings-protocol.js";
import { FollowedStore } from "./followed-store.js";

const port = parentPort;
if (port === null) throw internal("findings are computed in a thread");
const { folder, isLow } = workerData as FindingsThreadData;
// On Linux each thread has its own priority; elsewhere this would slow down the answers too. Not the lowest: between threads that train on
// every core, that one would hardly ever run.
if (isLow && process.platform === "linux") setPriority(Math.round(constants.priority.PRIORITY_BELOW_NORMAL / 2));
const followed = new FollowedStore(folder);

try {
	followed.now(); // opened, and compared with its checksum, before the first request
} catch {} // the first request says why

port.on("message", (request: FindingsRequest) => {
	port.postMessage(reply(request));
});

function reply({ id, study, whole }: FindingsRequest): FindingsReply {
	try {
		const store = followed.now();
		if (store === null) return { id, error: "there is no store" };
		const { view } = answerFrom(store, store.find(study));
		const summary = summaryOf(view);
		if (!whole) return { id, summary };
		return {
			id,
			computed: { summary, parts: studyParts(view), next: view.next },
			json: `${JSON.stringify(view, null, 2)}\n`,
		};
	} catch (error) {
		return { id, error: error instanceof Error ? error.message : String(error) };
	}
}
