import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import { smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const places = workplaces({ "small.yaml": smallStudy });

/** As it was built, with the thread that it starts. */
const built = new URL("../../dist/server/findings-desk.js", import.meta.url).href;

test("a computation ends when steps are timed, and is done again afterwards without a further request", async () => {
	const place = places();
	await place.start(["tune", "small.yaml", "--quiet"]);
	const folder = join(place.folder, ".sweetspot");
	const store = openStore(folder, { mode: "read" });
	const [stored] = store?.list() ?? [];
	const { FindingsDesk } = (await import(built)) as typeof import("../../src/server/findings-desk.js");
	let isTiming = false;
	const answered: string[] = [];
	const desk = new FindingsDesk(folder, { isTraining: () => true, isTiming: () => isTiming }, (study) => answered.push(study));
	try {
		expect(desk.of(stored, "token")).toBeNull(); // it is being computed, by a thread that has yet to load
		isTiming = true;
		await new Promise((resolve) => setTimeout(resolve, 5000));
		expect(answered).toEqual([]);
		isTiming = false;
		await expect.poll(() => answered, { timeout: 60_000 }).toEqual([stored.id]);
		expect(desk.of(stored, "token")?.computed.summary.trials).toBe(stored.trials);
	} finally {
		await desk.close();
		store?.close();
	}
});
