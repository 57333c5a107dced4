import type { Context, Hono } from "hono";
import { z } from "zod";
import { experimentNamed } from "../api/run-experiment.js";
import { stopWriter } from "../api/stop-writer.js";
import { SweetspotError } from "../core/errors.js";
import { experimentAddress } from "../page/experiments-page.js";
import { addressOf } from "../page/study-head.js";
import type { Room } from "./room.js";
import { startedRequest } from "./started-protocol.js";

const nothing = z.strictObject({});

/**
 * What the page's buttons ask for, each with JSON. An answer is `{"open": ADDRESS}`, what to look at next. Guarded by `refusalOfWriting`.
 */
export function addWriteRoutes(app: Hono, room: Room): void {
	app.post("/studies", async (context) => {
		const { study, workers } = z
			.object({ study: z.unknown(), workers: z.unknown() })
			.partial()
			.parse(await bodyOf(context));
		const id = await room.runs.start(startedRequest.parse({ study, ...(workers !== undefined && { workers }) }));
		return context.json({ open: addressOf(id) }, 202);
	});
	app.post("/studies/:id/resume", async (context) => {
		nothing.parse(await bodyOf(context));
		const { id, state } = room.find(context.req.param("id"));
		if (state === "complete") throw new SweetspotError("server/not-allowed", `${id} is complete`, "there is nothing to resume");
		await room.runs.start({ resume: id });
		return context.json({ open: addressOf(id) }, 202);
	});
	app.post("/studies/:id/stop", async (context) => {
		nothing.parse(await bodyOf(context));
		const { id, state } = room.find(context.req.param("id"));
		if (state !== "running") throw new SweetspotError("store/not-running", id, `continue it: \`sweetspot resume ${id}\``);
		await stopWriter(room.folder, id);
		return context.json({ open: addressOf(id) }, 202);
	});
	app.post("/experiments/:id/run", async (context) => {
		nothing.parse(await bodyOf(context));
		const { id } = experimentNamed(context.req.param("id"));
		await room.runs.start({ experiment: id });
		return context.json({ open: experimentAddress(id) }, 202);
	});
	app.post("/experiments/:id/stop", async (context) => {
		nothing.parse(await bodyOf(context));
		const { id } = experimentNamed(context.req.param("id"));
		const isRunning = room.experiments().some((one) => one.id === id && one.run?.state === "running");
		if (!isRunning) throw new SweetspotError("store/not-running", `experiment ${id}`, `run it: \`sweetspot experiment run ${id}\``);
		await stopWriter(room.folder, id);
		return context.json({ open: experimentAddress(id) }, 202);
	});
}

/** The guard has bounded its size. */
async function bodyOf(context: Context): Promise<unknown> {
	try {
		return JSON.parse(await context.req.text());
	} catch (cause) {
		throw new BadBody("the body is no JSON", { cause });
	}
}

/** What was sent can't be read. */
export class BadBody extends Error {}
