import { type Context, Hono } from "hono";
import { experimentNamed } from "../api/run-experiment.js";
import { SweetspotError } from "../core/errors.js";
import { comparePage } from "../page/compare-page.js";
import { experimentPage, experimentsPage } from "../page/experiments-page.js";
import { makerAddress, makerFile, makerPage } from "../page/maker/maker-page.js";
import { runsPage } from "../page/runs-page.js";
import { studiesPage } from "../page/studies-page.js";
import { addressOf } from "../page/study-head.js";
import { studyPage } from "../page/study-page.js";
import { trialPage } from "../page/trial-page.js";
import { trialsCsv } from "../page/trials-csv.js";
import { type NumberedTrial, trialsPage } from "../page/trials-page.js";
import { renderReport } from "../report/html.js";
import type { StoredStudy } from "../study/contracts.js";
import type { StudyView } from "../words/view.js";
import type { Access } from "./access.js";
import { assets } from "./assets.js";
import { experimentsJson, studiesJson, trialJson, trialsJson } from "./documents.js";
import { enter } from "./enter.js";
import { respondEvents } from "./events-route.js";
import { guard, reportPolicy } from "./guard.js";
import { formIn } from "./maker-desk.js";
import { addPlaygroundRoutes } from "./playground-routes.js";
import { axisQuery, chartsQuery, compareQuery, parametersOf, runsQuery, studiesQuery, trialNumber, trialsQuery } from "./queries.js";
import { respondError, respondFailure, respondPage } from "./respond.js";
import type { Room } from "./room.js";
import { logOf } from "./trial-log.js";
import { addWriteRoutes } from "./write-routes.js";

/** Milliseconds that JSON and the report wait for findings: their clients need the complete document. */
const documentMilliseconds = 60_000;

/** Every address that the server answers. Pages and their JSON share addresses. */
export function createApp(room: Room, access: Access, port: () => number): Hono {
	const app = new Hono();
	app.use(
		"*",
		guard(access, port, (context, { status, message, fix }) => respondError(context, status, message, fix)),
	);
	app.onError((error, context) => respondFailure(context, error));
	app.notFound((context) => respondError(context, 404, "there is no such page", "start from the list of studies"));

	for (const [path, { type, text }] of Object.entries(assets))
		app.get(path, (context) => context.body(text, 200, { "content-type": type }));
	app.get("/enter", (context) => enter(context, access, port()));

	const studies = (context: Context) => {
		const query = studiesQuery.parse(parametersOf(context.req.url, ["study"]));
		return respondPage(context, studiesPage(room.listed(), query, room.folder));
	};
	app.get("/", studies);
	app.get("/studies", studies);
	app.get("/studies.json", (context) => context.json(studiesJson(room.listed())));
	app.get("/events", (context) => respondEvents(context, room, null));
	app.get("/compare", (context) => {
		const { study, ...query } = compareQuery.parse(parametersOf(context.req.url, ["study"]));
		const listed = room.listed(study);
		const unknown = study.filter((id) => listed.every(({ stored }) => stored.id !== id));
		return respondPage(context, comparePage(listed, query, unknown));
	});

	app.get("/studies/:file{[^/]+\\.json}", async (context) => {
		const stored = room.find(context.req.param("file").slice(0, -".json".length));
		const { json } = await findings(room, stored);
		return context.body(json, 200, { "content-type": "application/json; charset=utf-8" });
	});
	app.get("/studies/:id", async (context) => {
		const stored = room.find(context.req.param("id"));
		if (stored.id !== context.req.param("id")) return context.redirect(addressOf(stored.id));
		const isOpen = context.req.header("sweetspot-parts") !== undefined;
		const parameters = parametersOf(context.req.url);
		const [axis, charts] = [axisQuery.parse(parameters), chartsQuery.parse(parameters)];
		if (!isOpen) await room.computed(stored); // its first findings, if they are there soon
		const computed = await room.chosen(stored, charts);
		return respondPage(
			context,
			studyPage(stored, computed, room.live.of(stored.id), {
				...room.controls(stored),
				...{ axis, charts, isWaiting: room.live.mayBeTiming },
				secondsPerStep: room.secondsPerStep(stored.id),
			}),
		);
	});
	app.get("/studies/:id/events", (context) => respondEvents(context, room, room.find(context.req.param("id")).id));
	app.get("/studies/:id/report", async (context) => {
		const { json } = await findings(room, room.find(context.req.param("id")));
		const view = JSON.parse(json) as StudyView; // our own, a moment ago
		return context.html(renderReport(view), 200, { "content-security-policy": reportPolicy });
	});
	app.get("/studies/:id/trials.json", (context) => {
		const { id } = room.find(context.req.param("id"));
		const { from } = trialsQuery.parse(parametersOf(context.req.url));
		return context.json(trialsJson(id, room.trials(id), from));
	});
	app.get("/studies/:id/trials.csv", (context) => {
		const { id } = room.find(context.req.param("id"));
		return context.body(trialsCsv(room.trials(id)), 200, {
			"content-type": "text/csv; charset=utf-8",
			"content-disposition": `attachment; filename="${id.replace(/[^\w.-]/g, "_")}.csv"`,
		});
	});
	app.get("/studies/:id/trials", (context) => {
		const stored = room.find(context.req.param("id"));
		const query = trialsQuery.parse(parametersOf(context.req.url, ["trial"]));
		const summary = room.known(stored)?.summary ?? null;
		return respondPage(context, trialsPage(stored, room.trials(stored.id), query, { running: room.live.of(stored.id), summary }));
	});
	app.get("/studies/:id/runs", (context) => {
		const stored = room.find(context.req.param("id"));
		const query = runsQuery.parse(parametersOf(context.req.url, ["trial"]));
		const secondsPerStep = room.secondsPerStep(stored.id);
		return respondPage(
			context,
			runsPage(stored, room.trials(stored.id), query, ({ spec }) => secondsPerStep(spec.batchSize)),
		);
	});
	app.get("/studies/:id/trials/:file{[^/]+\\.json}", (context) => {
		const { id } = room.find(context.req.param("id"));
		const trial = trialNumbered(room, id, context.req.param("file").slice(0, -".json".length));
		return trial ? context.json(trialJson(id, trial)) : noSuchTrial(context);
	});
	app.get("/studies/:id/trials/:number", (context) => {
		const stored = room.find(context.req.param("id"));
		const trial = trialNumbered(room, stored.id, context.req.param("number"));
		if (!trial) return noSuchTrial(context);
		const axis = axisQuery.parse(parametersOf(context.req.url));
		const log = logOf(room.folder, stored.id, trial.spec);
		return respondPage(
			context,
			trialPage(stored, trial, { axis, secondsPerStep: room.secondsPerStep(stored.id)(trial.spec.batchSize), log }),
		);
	});
	app.get("/experiments.json", (context) => context.json(experimentsJson(room.experiments(), room.ledger())));
	app.get("/experiments", (context) => respondPage(context, experimentsPage(room.experiments(), room.ledger())));
	app.get("/experiments/:id", (context) => {
		const { id, method } = experimentNamed(context.req.param("id"));
		const listed = room.experiments().find((one) => one.id === id) ?? { id, question: "", run: null };
		const found = listed.run?.state === "complete" ? room.found(listed.run.key) : null;
		return respondPage(context, experimentPage(listed, method, found, room.runs.failure(id)));
	});
	app.get(makerAddress, async (context) => {
		const { filled, made, query } = formIn(context.req.url);
		return respondPage(context, makerPage(filled, made, await room.maker.check(made), query));
	});
	app.get(makerFile, (context) =>
		context.body(formIn(context.req.url).made.yaml, 200, {
			"content-type": "application/yaml; charset=utf-8",
			"content-disposition": 'attachment; filename="study.yaml"',
		}),
	);
	addPlaygroundRoutes(app);
	addWriteRoutes(app, room);
	return app;
}

const trialNumbered = (room: Room, study: string, number: string): NumberedTrial | undefined =>
	room.trials(study)[trialNumber.parse(number) - 1];

const noSuchTrial = (context: Context): Response =>
	respondError(context, 404, "there is no such trial", "look for it in the table of trials");

/** The current findings, or slightly older ones. Throws if there are none yet. */
async function findings(room: Room, stored: StoredStudy): Promise<{ readonly json: string }> {
	const known = await room.computed(stored, documentMilliseconds);
	if (known) return known;
	throw new SweetspotError("server/not-yet", `${stored.id} has ${stored.trials} trials`, "ask again in a few seconds");
}
