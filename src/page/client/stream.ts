import { showConnection } from "./connection.js";

/** What tabs send each other: what changed, or that the stream is lost. */
type Message = { readonly studies: readonly string[] | "all" } | { readonly lost: true };

/** Milliseconds until a refused stream is tried again: browsers give those up. */
const retryMilliseconds = 3000;

/**
 * Follows the server's events. All tabs of a browser share one stream, since a browser opens at most six connections to a server: the tab
 * that holds the lock listens and passes on what it hears. A hidden tab releases the lock, and reloads its parts when it is shown again.
 */
export function followEvents(onChange: (studies: readonly string[] | "all") => void): void {
	const channel = new BroadcastChannel("sweetspot");
	const take = (message: Message) => {
		if ("lost" in message) showConnection("lost");
		else onChange(message.studies);
	};
	channel.onmessage = ({ data }: MessageEvent<Message>) => {
		if (!document.hidden) take(data);
	};
	const pass = (message: Message) => {
		take(message);
		channel.postMessage(message);
	};
	let release: (() => void) | null = null;
	let waiting: AbortController | null = null;
	const start = () => {
		waiting = new AbortController();
		navigator.locks
			.request("sweetspot events", { signal: waiting.signal }, () => {
				const close = listen(pass);
				return new Promise<void>((resolve) => {
					release = () => {
						close();
						resolve();
					};
				});
			})
			.catch(() => undefined); // no longer wanted
	};
	const stop = () => {
		if (release) release();
		else waiting?.abort();
		release = null;
	};
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) return stop();
		start();
		onChange("all");
	});
	window.addEventListener("pageshow", ({ persisted }) => {
		if (persisted) onChange("all"); // from the back button
	});
	if (!document.hidden) start();
}

/** Opens the stream, and reopens it until it is closed. Returns the function that closes it. */
function listen(pass: (message: Message) => void): () => void {
	let source: EventSource;
	let timer = 0;
	let isLost = false;
	const open = () => {
		source = new EventSource("/events");
		source.onopen = () => {
			if (isLost) pass({ studies: "all" });
			isLost = false;
		};
		source.addEventListener("changed", ({ data }: MessageEvent<string>) => pass(JSON.parse(data) as Message));
		source.onerror = () => {
			if (!isLost) pass({ lost: true });
			isLost = true;
			if (source.readyState !== EventSource.CLOSED) return;
			pass({ studies: "all" }); // refused: loading the parts shows why
			timer = window.setTimeout(open, retryMilliseconds);
		};
	};
	open();
	return () => {
		clearTimeout(timer);
		source.close();
	};
}
