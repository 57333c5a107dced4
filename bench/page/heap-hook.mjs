/** Loaded into the server and each of its threads by `heap.ts`: collects garbage when asked to, and reports what is left, in bytes. */
import { BroadcastChannel, isMainThread, threadId } from "node:worker_threads";

const channel = new BroadcastChannel("heap");
channel.unref();
const measured = () => {
	globalThis.gc();
	globalThis.gc();
	const { heapUsed, external, arrayBuffers } = process.memoryUsage();
	return heapUsed + external + arrayBuffers;
};
if (isMainThread) {
	let threads = {};
	channel.onmessage = ({ data }) => {
		if (data !== "collect") threads[data.thread] = data.bytes;
	};
	process.on("message", () => {
		threads = {};
		channel.postMessage("collect");
		const bytes = measured();
		// The threads answer when they have a moment; one that computes for longer is missing.
		setTimeout(() => process.send({ main: bytes, threads: Object.values(threads), resident: process.memoryUsage().rss }), 1500);
	});
	process.channel?.unref();
} else {
	channel.onmessage = ({ data }) => {
		if (data === "collect") channel.postMessage({ thread: threadId, bytes: measured() });
	};
}
