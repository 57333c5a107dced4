// Longer than 250 lines: one server and one browser serve all tests, since starting them is what takes time.
import { type ChildProcess, spawn } from "node:child_process";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContext, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type PageServer, startServer } from "../e2e/page-server.js";
import { smallStudy, Workplace } from "../e2e/sweetspot.js";
import { chromiumPath, launchChromium } from "./chromium.js";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** A study of some ten seconds: wide layers, many seeds. */
const slowStudy = smallStudy
	.replace("name: small", "name: slow")
	.replace("[{ dense: 16 }, relu, { dense: 3 }]", "[{ dense: 512 }, relu, { dense: 256 }, relu, { dense: 3 }]")
	.replace("reporting: 3", "reporting: 21");
const otherStudy = smallStudy.replace("name: small", "name: other").replace("spread: 2", "spread: 1.8");

describe.skipIf(!chromiumPath)("the page in Chromium (needs chromium)", () => {
	let browser: Browser;
	let place: Workplace;
	let ids: readonly string[] = [];
	beforeAll(async () => {
		browser = await launchChromium();
		place = new Workplace();
		for (const [name, text] of Object.entries({ small: smallStudy, other: otherStudy, slow: slowStudy })) place.write(`${name}.yaml`, text);
		for (const name of ["small", "other"]) await place.start(["tune", `${name}.yaml`, "--quiet"]);
		const { stdout } = await place.start(["studies", "--json"]);
		ids = (JSON.parse(stdout) as { studies: { id: string }[] }).studies.map(({ id }) => id);
	});
	afterAll(async () => {
		await browser.close();
		place.remove();
	});

	const contexts: BrowserContext[] = [];
	const studies: ChildProcess[] = [];
	afterEach(async () => {
		for (const child of studies.splice(0)) child.kill("SIGKILL");
		for (const context of contexts.splice(0)) await context.close();
	});
	const runStudy = (folder: string): ChildProcess => {
		const child = spawn(process.execPath, [program, "tune", "slow.yaml", "--quiet", "--fresh", "--workers", "1"], {
			cwd: folder,
			stdio: "ignore",
		});
		studies.push(child);
		return child;
	};

	/** A browser of its own, let in by the link; what its pages complain about. */
	async function enter(server: PageServer, options: Parameters<Browser["newContext"]>[0] = {}) {
		const context = await browser.newContext(options);
		contexts.push(context);
		const complaints: string[] = [];
		context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
		context.on("weberror", (error) => complaints.push(error.error().message));
		context.on("dialog", (dialog) => complaints.push(dialog.message()));
		const page = await context.newPage();
		await page.goto(server.link.href);
		expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/studies");
		return { context, page, complaints };
	}
	const paths = (): readonly string[] => [
		"/studies",
		`/studies/${ids[0]}`,
		`/studies/${ids[0]}/trials`,
		`/studies/${ids[0]}/trials/3`,
		`/studies/${ids[0]}/runs?trial=1&trial=2`,
		`/compare?study=${ids[0]}&study=${ids[1]}`,
		"/experiments",
		"/experiments/throughput",
		"/new",
	];

	test.each([
		[1440, "light"],
		[768, "dark"],
		[390, "light"],
	] as const)(
		"every page at %i pixels, %s: nothing sticks out, nothing breaks the policy, axe has nothing serious to say",
		async (width, colorScheme) => {
			const server = await startServer(place.folder);
			const { page, complaints } = await enter(server, { viewport: { width, height: 900 }, colorScheme });
			for (const path of paths()) {
				await page.goto(server.origin + path);
				expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
				// The policy stops scripts of others: axe is run through the debugger, which it doesn't concern.
				const found = await page.evaluate(
					`(() => { ${axe.source}; return axe.run(document).then(({ violations }) => violations
						.filter(({ impact }) => impact === "serious" || impact === "critical")
						.map(({ id, nodes }) => id + " " + nodes.map(({ target }) => target).join(" | "))); })()`,
				);
				expect({ path, found }).toEqual({ path, found: [] });
			}
			expect(complaints).toEqual([]);
		},
	);

	test("a study of the least length is made with a setting of one's own, started, and says what both need", async () => {
		const server = await startServer(place.folder);
		const { page, complaints } = await enter(server);
		await page.goto(`${server.origin}/new`);
		const field = (name: string) => page.locator(`.fields [name="${name}"]`);
		await field("name").fill("least");
		await field("workload.data").fill("{ blobs: { examples: 300 } }");
		await field("workload.model").fill("[{ dense: 8 }, relu, { dense: 3 }]");
		await field("workload.schedule").fill("{ learningRate: { stable-decay: {} } }");
		await field("goal.atLeast").fill("0.8");
		await field("batchSizes").fill("[8, 32]");
		await page.locator(".fields summary", { hasText: "your own setting" }).click();
		await field("baseline.batchSize").fill("16");
		const made = page.locator(".made");
		await expect.poll(() => made.textContent(), { timeout: 60_000 }).toContain("baseline.learningRate: missing");
		await field("baseline.learningRate").fill("0.03");
		await expect.poll(() => made.textContent(), { timeout: 60_000 }).toContain("baseline: { batchSize: 16, learningRate: 0.03 }");
		await made.getByRole("button", { name: "Start it here" }).click();
		await page.waitForURL("**/studies/least-*", { timeout: 60_000 });
		const whole = page.locator("main");
		await expect.poll(() => whole.textContent(), { timeout: 120_000 }).toMatch(/Yours, batch size 16 and learning rate 0\.03, needs/);
		expect(complaints).toEqual([]);
	});

	test("a running study is followed without a reload; what is chosen, scrolled and marked stays", async () => {
		const server = await startServer(place.folder);
		const { page, complaints } = await enter(server);
		runStudy(place.folder);
		const link = page.locator("tr:has(.state.running) a");
		await link.first().click({ timeout: 60_000 }); // it appeared by itself
		await page.evaluate(() => document.body.setAttribute("data-same", "yes"));
		const amounts = page.locator(".under");
		const before = await amounts.textContent();
		await expect.poll(() => amounts.textContent(), { timeout: 60_000 }).not.toBe(before);
		await expect.poll(() => page.locator("#answer").count(), { timeout: 60_000 }).toBe(1);
		await expect.poll(() => page.locator(".now svg").count(), { timeout: 60_000 }).toBeGreaterThan(0);
		// What part of the axis is shown stands in the address, and stays while the curves grow.
		await page.locator(".now .zoom summary").click();
		await page.locator("input[name=from]").fill("2");
		await expect.poll(() => page.url(), { timeout: 60_000 }).toContain("from=2");
		const now = page.locator("[data-part=now]");
		await expect.poll(() => now.textContent(), { timeout: 60_000 }).toContain("Only a part of the axis is shown");
		const drawn = await now.getAttribute("data-version");
		await expect.poll(() => now.getAttribute("data-version"), { timeout: 60_000 }).not.toBe(drawn);
		expect(await page.locator("input[name=from]").inputValue()).toBe("2");
		// A marked text isn't taken away.
		await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector(".under") ?? document.body));
		const marked = await page.evaluate(() => getSelection()?.toString());
		await page.waitForTimeout(2500);
		expect(await page.evaluate(() => getSelection()?.toString())).toBe(marked);
		await page.evaluate(() => getSelection()?.removeAllRanges());
		await expect.poll(() => amounts.textContent(), { timeout: 60_000 }).not.toBe(marked);
		expect(await page.evaluate(() => document.body.getAttribute("data-same"))).toBe("yes");
		await page.getByRole("button", { name: "Stop" }).click();
		await expect.poll(() => page.locator(".state.interrupted").count(), { timeout: 60_000 }).toBe(1);
		// On a phone the button comes first, then the answer, and then what would run next.
		await page.setViewportSize({ width: 390, height: 800 });
		await expect.poll(() => page.locator(".upcoming h2").count(), { timeout: 60_000 }).toBe(1);
		const tops = await Promise.all(
			[page.getByRole("button", { name: "Resume" }), page.locator("#answer"), page.locator(".upcoming")].map(
				async (place) => (await place.boundingBox())?.y ?? Number.NaN,
			),
		);
		expect(tops).toEqual([...tops].sort((a, b) => a - b));
		expect(complaints).toEqual([]);
	});

	test("what is chosen stands in the address: it survives a reload, and works without script", async () => {
		const server = await startServer(place.folder);
		const { page } = await enter(server);
		await page.goto(`${server.origin}/studies/${ids[0]}`);
		await page.getByText("by examples", { exact: true }).click();
		expect(page.url()).toContain("unit=examples");
		await page.reload();
		expect(await page.locator("#by-examples").isChecked()).toBe(true);

		await page.goto(`${server.origin}/studies`);
		await page.getByLabel("search").fill("small");
		await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
		await page.getByRole("checkbox").first().check();
		await page.getByLabel("search").fill("");
		await expect.poll(() => page.locator("tbody tr").count()).toBeGreaterThan(1);
		expect(await page.locator("input[type=checkbox]:checked").count()).toBe(1);
		await page.reload();
		expect(await page.locator("input[type=checkbox]:checked").count()).toBe(1);
		await page.getByLabel("Compare other", { exact: false }).first().check();
		await page.getByRole("button", { name: "Compare the chosen studies" }).click();
		await expect.poll(() => page.locator("figure svg:visible").count()).toBe(1);
		await page.getByRole("combobox", { name: "to the goal" }).selectOption("examples");
		await expect.poll(() => page.locator(".wide svg text", { hasText: "examples to the goal" }).count()).toBeGreaterThan(0);

		const plain = await enter(server, { javaScriptEnabled: false });
		await plain.page.goto(`${server.origin}/studies/${ids[0]}/trials`);
		await plain.page.getByLabel("phase").selectOption("reporting");
		await plain.page.getByRole("button", { name: "Show", exact: true }).click();
		expect(plain.page.url()).toContain("phase=reporting");
		expect(await plain.page.getByRole("cell", { name: "tuning" }).count()).toBe(0);
	});

	test("the back button returns to what was chosen: filters, chosen studies, the unit of curves", async () => {
		const server = await startServer(place.folder);
		const { page } = await enter(server);
		await page.getByRole("checkbox").first().check();
		await page.getByLabel("search").fill("small");
		await expect.poll(() => page.url()).toContain("search=small");
		await page.getByRole("link", { name: "small", exact: true }).click();
		await expect.poll(() => page.locator("#curves").count(), { timeout: 60_000 }).toBe(1);
		await page.getByText("by examples", { exact: true }).click();
		await expect.poll(() => page.url()).toContain("unit=examples");
		await page.getByRole("link", { name: "Trials", exact: true }).click();
		await page.getByLabel("phase").selectOption("reporting");
		await expect.poll(() => page.getByRole("cell", { name: "tuning" }).count()).toBe(0);
		await page.locator("tbody a").first().click();
		await page.waitForURL(/trials\/\d+$/);

		await page.goBack();
		expect(page.url()).toContain("phase=reporting");
		expect(await page.getByLabel("phase").inputValue()).toBe("reporting");
		expect(await page.getByRole("cell", { name: "tuning" }).count()).toBe(0);
		await page.goBack(); // the choice of a filter is no page of its own
		expect(await page.locator("#by-examples").isChecked()).toBe(true);
		await page.goBack();
		expect(await page.getByLabel("search").inputValue()).toBe("small");
		expect(await page.locator("tbody tr").count()).toBe(1);
		expect(page.url()).toContain("study=");
		await page.goForward();
		expect(await page.locator("#by-examples").isChecked()).toBe(true);
	});

	test("paper has the answer and the charts on white, and no controls, in either theme of the screen", async () => {
		const server = await startServer(place.folder);
		const { page } = await enter(server, { viewport: { width: 390, height: 800 }, colorScheme: "dark" });
		await page.goto(`${server.origin}/studies/${ids[0]}`);
		await page.emulateMedia({ media: "print", colorScheme: "dark" });
		expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
		for (const hidden of [".bar", ".tabs", ".skip", ".contents"]) expect(await page.locator(hidden).first().isVisible()).toBe(false);
		await expect.poll(() => page.locator("#answer").isVisible(), { timeout: 60_000 }).toBe(true);
		await expect.poll(() => page.locator("#tradeoff .wide").isVisible(), { timeout: 60_000 }).toBe(true);
	});

	test("who wants less motion sees none, on any page", async () => {
		const server = await startServer(place.folder);
		// Of the rules that apply, those that move something.
		const moving = `(() => {
			const of = (rules) => [...rules].flatMap((rule) =>
				rule instanceof CSSMediaRule ? (matchMedia(rule.conditionText).matches ? of(rule.cssRules) : [])
				: rule instanceof CSSKeyframesRule || /transition|animation|scroll-behavior: smooth/.test(rule.cssText) ? [rule.cssText] : []);
			return [...document.styleSheets].flatMap((sheet) => of(sheet.cssRules));
		})()`;
		for (const reducedMotion of ["reduce", "no-preference"] as const) {
			const { page } = await enter(server, { reducedMotion });
			for (const path of paths()) {
				await page.goto(server.origin + path);
				const found = (await page.evaluate(moving)) as readonly string[];
				expect({ path, moves: found.length > 0 }).toEqual({ path, moves: reducedMotion === "no-preference" });
				expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
			}
		}
	});

	test("on a phone a trial is read without scrolling sideways", async () => {
		const server = await startServer(place.folder);
		const { page } = await enter(server, { viewport: { width: 390, height: 800 } });
		await page.goto(`${server.origin}/studies/${ids[0]}/trials`);
		const { inner, outer } = await page.evaluate(() => {
			const box = document.querySelector(".trials");
			return { inner: box?.scrollWidth, outer: box?.clientWidth };
		});
		expect(inner).toBe(outer);
		await expect.poll(() => page.locator("td[data-label=where]").first().isVisible()).toBe(true);
	});

	test("everything is reached by the keyboard", async () => {
		const server = await startServer(place.folder);
		const { page } = await enter(server);
		await page.keyboard.press("Tab");
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
		const typeOfFocused = () => page.evaluate(() => document.activeElement?.getAttribute("type"));
		for (let presses = 0; presses < 20 && (await typeOfFocused()) !== "checkbox"; presses++) await page.keyboard.press("Tab");
		expect(await typeOfFocused()).toBe("checkbox");
		await page.keyboard.press("Space");
		await expect.poll(() => page.evaluate(() => location.search)).toContain("study=");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/studies\/./);
	});

	test("ten tabs share one stream, and where its tab is closed another takes over", async () => {
		const server = await startServer(place.folder);
		const { context, page: first } = await enter(server);
		const streams = new Set<Request>();
		context.on("request", (request) => request.url().endsWith("/events") && streams.add(request));
		context.on("requestfailed", (request) => streams.delete(request));
		context.on("requestfinished", (request) => streams.delete(request));
		const open = (): number => [...streams].filter((request) => !request.frame().page().isClosed()).length;
		await first.goto(`${server.origin}/studies`);
		await expect.poll(open, { timeout: 10_000 }).toBe(1);
		for (let i = 0; i < 9; i++) {
			const page = await context.newPage();
			await page.goto(`${server.origin}/studies`);
			expect(open()).toBe(1);
		}
		await first.close();
		await expect.poll(open, { timeout: 10_000 }).toBe(1);
		await expect.poll(() => server.json("/studies.json").then(() => "answers")).toBe("answers");
	});

	test("a hidden tab closes the stream, and opens it again when it is shown", async () => {
		const server = await startServer(place.folder);
		const { context, page } = await enter(server);
		const streams = new Set<Request>();
		context.on("request", (request) => request.url().endsWith("/events") && streams.add(request));
		context.on("requestfailed", (request) => streams.delete(request));
		context.on("requestfinished", (request) => streams.delete(request));
		await page.goto(`${server.origin}/studies`);
		await expect.poll(() => streams.size, { timeout: 10_000 }).toBe(1);
		// Chromium without a window is never hidden: the page is shown what it would see.
		const setHidden = (isHidden: boolean) =>
			page.evaluate((hidden) => {
				Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
				document.dispatchEvent(new Event("visibilitychange"));
			}, isHidden);
		await setHidden(true);
		await expect.poll(() => streams.size, { timeout: 10_000 }).toBe(0);
		await setHidden(false);
		await expect.poll(() => streams.size, { timeout: 10_000 }).toBe(1);
	});

	test("single runs are chosen in the table and shown together, along any axis", async () => {
		const server = await startServer(place.folder);
		const { page, complaints } = await enter(server);
		await page.goto(`${server.origin}/studies/${ids[0]}/trials?phase=reporting`);
		for (const row of [0, 1]) await page.getByRole("checkbox").nth(row).check();
		expect(page.url()).toMatch(/trial=\d+&trial=\d+/);
		await page.getByRole("button", { name: "Show the chosen runs together" }).click();
		await expect.poll(() => page.locator("figure svg:visible").count()).toBe(1);
		for (const unit of ["epochs", "examples", "seconds"]) {
			// Chosen again until it is drawn: a page that has just been opened listens only once its script is there.
			const drawn = async () => {
				await page.getByLabel("along").selectOption(unit);
				return page.locator(".wide svg text", { hasText: unit }).count();
			};
			await expect.poll(drawn, { timeout: 30_000, interval: 1000 }).toBeGreaterThan(0);
		}
		expect(await page.locator("[data-part=runs]").textContent()).toContain("Seconds are steps times the time of a step");
		expect(complaints).toEqual([]);
	});

	test("a killed server is noticed, and found again once its new link was opened", async () => {
		const first = await startServer(place.folder);
		const { context, page } = await enter(first);
		await page.goto(`${first.origin}/studies/${ids[0]}`);
		await expect.poll(() => page.locator("#answer").count(), { timeout: 60_000 }).toBe(1);
		await first.end("SIGKILL");
		const connection = page.locator("#connection");
		await expect.poll(() => connection.textContent(), { timeout: 10_000 }).toContain("Connection lost");
		expect(await page.locator("#answer").count()).toBe(1); // what it shows stays
		// A button that is pressed meanwhile says so, until the server answers again.
		await page.evaluate(() => {
			const button = document.createElement("button");
			button.dataset.post = "/studies/none/stop";
			document.body.append(button);
			button.click();
		});
		const action = page.locator("#action");
		await expect.poll(() => action.textContent(), { timeout: 10_000 }).toContain("does not answer");
		const second = await startServer(place.folder, ["--port", first.link.port]);
		expect(second.link.port).toBe(first.link.port);
		await expect.poll(() => connection.textContent(), { timeout: 15_000 }).toContain("open the link that it printed");
		const other = await context.newPage();
		await other.goto(second.link.href);
		await other.close();
		await expect.poll(() => connection.textContent(), { timeout: 15_000 }).toBe("");
		expect(await action.textContent()).toBe("");
	});

	test("a store that is removed, and one that takes its place, are noticed", async () => {
		const own = new Workplace();
		try {
			own.write("small.yaml", smallStudy);
			await own.start(["tune", "small.yaml", "--quiet"]);
			const server = await startServer(own.folder);
			const { page } = await enter(server);
			await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
			renameSync(join(own.folder, ".sweetspot"), join(own.folder, "elsewhere"));
			await expect.poll(() => page.getByText("makes the first").count(), { timeout: 10_000 }).toBe(1);
			// Of no study there is nothing to search, sort or compare.
			for (const control of ["search", "sort by"]) expect(await page.getByLabel(control).isVisible()).toBe(false);
			expect(await page.getByRole("button", { name: "Compare" }).count()).toBe(0);
			own.write("two.yaml", otherStudy);
			await own.start(["tune", "two.yaml", "--quiet"]);
			await expect.poll(() => page.getByRole("link", { name: "other" }).count(), { timeout: 10_000 }).toBe(1);
		} finally {
			own.remove();
		}
	});
});
