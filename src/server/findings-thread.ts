/** A thread that computes findings and draws charts, so that the server keeps answering quickly and training has priority. */
import { parentPort, workerData } from "node:worker_threads";
import { answerFrom } from "../api/answer.js";
import { internal } from "../core/errors.js";
import { studyParts } from "../page/study-parts.js";
import { summaryOf } from "../page/summary.js";
import type { FindingsReply, FindingsRequest, FindingsThreadData } from "./findings-protocol.js";
import { FollowedStore } from "./followed-store.js";
import { lowerPriority } from "./low-priority.js";

const port = parentPort;
if (port === null) throw internal("findings are computed in a thread");
const { folder, isLow } = workerData as FindingsThreadData;
if (isLow) lowerPriority();
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
		const { view, trials } = answerFrom(store, store.find(study));
		const summary = summaryOf(
			view,
			trials.reduce((sum, { result }) => sum + result.seconds, 0),
		);
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
