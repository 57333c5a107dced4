import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { internal, SweetspotError } from "../core/errors.js";
import { Access } from "./access.js";
import { createApp } from "./app.js";
import { Room } from "./room.js";

/** A server that runs. */
export interface Listening {
	readonly port: number;
	/** Its address without the token. */
	readonly address: string;
	/** The address to open once: it lets the browser in. */
	readonly link: string;
	readonly token: string;
	/** Ends every stream and connection. */
	close(): Promise<void>;
}

/** No other machine can reach it. From elsewhere, use `ssh -L`. */
const host = "127.0.0.1";

/** Ports that are tried, from the wanted one on. */
const mostPorts = 50;

/** Connections at once, bytes of a request's headers, milliseconds that a request may take to arrive, and between two looks at that. */
const limits = { connections: 128, headerBytes: 16_384, requestMilliseconds: 10_000, checkMilliseconds: 2000 } as const;

/** Serves the store in a folder on the wanted port or the next one that is free. Throws `server/no-port`. */
export async function listen(folder: string, wanted: number): Promise<Listening> {
	const room = new Room(folder);
	const access = new Access();
	let port = wanted;
	const app = createApp(room, access, () => port);
	for (; ; port++) {
		const server = createAdaptorServer({
			fetch: app.fetch,
			serverOptions: {
				maxHeaderSize: limits.headerBytes,
				requestTimeout: limits.requestMilliseconds,
				headersTimeout: limits.requestMilliseconds,
				connectionsCheckingInterval: limits.checkMilliseconds,
			},
		}) as Server;
		server.maxConnections = limits.connections;
		const error = await tryPort(server, port);
		if (error === null) {
			port = portOf(server);
			const address = `http://${host}:${port}`;
			return {
				...{ port, address, token: access.token, link: `${address}/enter?token=${access.token}` },
				close: async () => {
					await room.close();
					const closed = new Promise((resolve) => server.close(resolve));
					server.closeAllConnections();
					await closed;
				},
			};
		}
		const isTaken = error.code === "EADDRINUSE" || error.code === "EACCES";
		if (isTaken && port < Math.min(65_535, wanted + mostPorts)) continue;
		await room.close();
		throw new SweetspotError(
			"server/no-port",
			`${host}:${wanted} to ${port} (${error.message})`,
			"name a free one with --port, or 0 for any",
		);
	}
}

/** Null: it listens. */
const tryPort = (server: Server, port: number): Promise<NodeJS.ErrnoException | null> =>
	new Promise((resolve) => {
		server.once("error", resolve);
		server.listen(port, host, () => {
			server.off("error", resolve);
			resolve(null);
		});
	});

function portOf(server: Server): number {
	const address = server.address();
	if (address === null || typeof address === "string") throw internal("the server has no port");
	return address.port;
}
