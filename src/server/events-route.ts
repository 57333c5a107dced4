import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { respondError } from "./respond.js";
import type { Room } from "./room.js";

/** Milliseconds after which a silent stream sends a sign of life, and after which a browser that lost it reconnects. */
const [heartbeatMilliseconds, retryMilliseconds] = [15_000, 2000];

/** Server-sent events: what has changed, of one study or (null) of all. Resumes after the event that the browser saw last. */
export function respondEvents(context: Context, room: Room, study: string | null): Response {
	if (context.req.method === "HEAD") return context.body(null, 200, { "content-type": "text/event-stream" });
	const subscription = room.hub.subscribe(study, context.req.header("last-event-id") ?? null);
	if (subscription === null) return respondError(context, 503, "too many event streams are open", "close some tabs or programs");
	return streamSSE(context, async (stream) => {
		stream.onAbort(() => room.hub.unsubscribe(subscription));
		try {
			await stream.write(`retry: ${retryMilliseconds}\n\n`);
			while (!subscription.isOver && !stream.aborted) {
				const event = await subscription.next(heartbeatMilliseconds);
				if (event) await stream.writeSSE({ id: event.id, event: "changed", data: JSON.stringify({ studies: event.studies }) });
				else if (!subscription.isOver) await stream.write(": still here\n\n");
			}
		} finally {
			room.hub.unsubscribe(subscription);
		}
	});
}
