import type { CDPSession, Page } from "playwright-core";

/** Steps that each lane shows. */
export const lanesTrained = async (page: Page): Promise<readonly number[]> =>
	(await page.locator(".lane .figures:first-of-type div:first-child dd").allTextContents()).map(
		(text) => Number(text.replaceAll(",", "")) || 0,
	);

/** Heaps in use after a collection, in MB. */
export interface Heaps {
	readonly page: number;
	/** Of all its workers together. */
	readonly workers: number;
}

/** What the page and its workers hold. */
export async function heapsOf(page: Page): Promise<Heaps> {
	const session = await page.context().newCDPSession(page);
	const workers: string[] = [];
	session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => targetInfo.type === "worker" && workers.push(sessionId));
	await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
	await session.send("HeapProfiler.collectGarbage");
	const { usedSize } = await session.send("Runtime.getHeapUsage");
	let sum = 0;
	for (const worker of workers) {
		await askWorker(session, worker, "HeapProfiler.collectGarbage");
		sum += Number((await askWorker(session, worker, "Runtime.getHeapUsage")).usedSize);
	}
	await session.detach();
	return { page: usedSize / 1e6, workers: sum / 1e6 };
}

let asked = 0;

/** What a worker's own debugger answers. */
function askWorker(session: CDPSession, sessionId: string, method: string): Promise<Readonly<Record<string, unknown>>> {
	const id = ++asked;
	return new Promise((resolve, reject) => {
		session.on("Target.receivedMessageFromTarget", (received) => {
			const answer = JSON.parse(received.message);
			if (received.sessionId === sessionId && answer.id === id) resolve(answer.result);
		});
		session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
	});
}
