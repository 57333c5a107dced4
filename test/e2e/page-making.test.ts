import { expect, test } from "vitest";
import { parse } from "yaml";
import { startServer } from "./page-server.js";
import { smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const places = workplaces({ "small.yaml": smallStudy });
const generous = { timeout: 60_000, interval: 200 };

test("the form of a new study shows the file and the arithmetic of each batch size, and reads nothing that the page may not run", async () => {
	const place = places();
	const server = await startServer(place.folder);
	const first = await server.read("/new");
	expect(first.status).toBe(200);
	expect(first.text).toContain("1,087 training, 355 validation and 355 test examples");
	expect(first.text).toContain('data-post="/studies"');
	const query = new URLSearchParams({
		name: "mine",
		"workload.data": "{ blobs: { examples: 300 } }",
		"workload.model": "[{ dense: 8 }, relu, { dense: 3 }]",
		"goal.metric": "validation.loss",
		"goal.atMost": "0.3",
		batchSizes: "[7, 50]",
	});
	const { text } = await server.read(`/new?${query}`);
	expect(text).toMatch(/<td class="n">7<\/td><td class="n">25<\/td><td class="n">5<\/td>/); // 180 training examples
	const file = await server.read(`/new.yaml?${query}`);
	expect(file.headers["content-disposition"]).toContain("study.yaml");
	place.write("mine.yaml", file.text);
	const planned = await place.start(["plan", "mine.yaml", "--json"]);
	expect(planned.code).toBe(0);
	expect(parse(file.text)).toMatchObject({ name: "mine", batchSizes: [7, 50] });

	const table = await server.read(
		`/new?${new URLSearchParams({ "workload.data": "{ csv: /etc/passwd, label: x }", "goal.metric": "validation.loss" })}`,
	);
	expect(table.text).toContain("its data are at a path");
	expect(table.text).not.toContain("root:");
	expect(table.text).not.toContain('data-post="/studies"');
});

test("an experiment is run from the page, with its progress, and shows what it found and its verdicts", async () => {
	const place = places();
	const server = await startServer(place.folder);
	expect((await server.read("/experiments")).text).toContain("not run");
	expect((await server.read("/experiments/nowhere")).status).toBe(404);
	const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json", "sweetspot-request": "1" };
	const post = (path: string) => server.ask(path, headers, { method: "POST", body: "{}" });
	expect((await post("/experiments/throughput/stop")).status).toBe(409);
	expect(await post("/experiments/throughput/run")).toMatchObject({ status: 202, text: '{"open":"/experiments/throughput"}' });
	await expect
		.poll(async () => (await server.read("/experiments/throughput")).text, generous)
		.toMatch(/of \d+ tasks|The claims it bears on/);
	await expect.poll(async () => (await server.read("/experiments/throughput")).text, generous).toContain("The claims it bears on");
	const { text } = await server.read("/experiments/throughput");
	expect(text).toContain("<svg");
	expect(text).not.toContain(" style=");
	await expect
		.poll(async () => (await server.read("/experiments")).text, generous)
		.toMatch(/C10\. [\s\S]*?<span class="verdict">(supported|refuted|undecided)<\/span>/);
});
