import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import { exampleStudy } from "../fixtures/example-study.js";
import { type Child, startChild } from "./child.js";

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "sweetspot-lock-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const inUse = (message: string | RegExp) => expect.objectContaining({ code: "store/in-use", message: expect.stringMatching(message) });
const openForWriting = () => openStore(dir, { mode: "write" });

async function contenders(count: number): Promise<Child[]> {
	const children = Array.from({ length: count }, () => startChild("contend", dir));
	for (const child of children) expect((await child.lines.next()).value).toBe("ready");
	return children;
}

async function race(children: readonly Child[]): Promise<{ winners: Child[]; refusals: string[] }> {
	for (const child of children) child.process.stdin?.write("go\n");
	const answers = await Promise.all(children.map(async (child) => String((await child.lines.next()).value)));
	return { winners: children.filter((_, i) => answers[i] === "writer"), refusals: answers.filter((answer) => answer !== "writer") };
}

test("of processes that race for the store one wins, and when it is killed again one", async () => {
	let left = await contenders(5);
	while (left.length > 0) {
		const { winners, refusals } = await race(left);
		expect(winners).toHaveLength(1);
		const [winner] = winners;
		for (const refusal of refusals) expect(refusal).toMatch(/^store\/in-use the store is held by another process/);
		expect(openForWriting).toThrow(
			inUse(`: process ${winner.process.pid} on this machine has been writing to it since 20.* \\(store-process.ts contend`),
		);
		winner.process.kill("SIGKILL");
		await winner.ended;
		left = left.filter((child) => child !== winner);
	}
	openForWriting().close();
});

test("a reader is never blocked, takes no lock and sees what is added", () => {
	const writer = openForWriting();
	const reader = openStore(dir, { mode: "read" });
	const { study, hash } = exampleStudy().stored;
	const { id } = writer.create(study, hash, "1");
	expect(reader?.list()).toEqual(writer.list());
	expect(reader?.find(id).state).toBe("running");
	writer.close();
	expect(reader?.find(id).state).toBe("interrupted");
	openForWriting().close(); // with the reader still there
	expect(() => reader?.remove(id)).toThrow("internal: this store was opened for reading");
	reader?.close();
});

test("a second writer in the same process is refused, until the first is closed", () => {
	const first = openForWriting();
	expect(openForWriting).toThrow(inUse(`process ${process.pid} on this machine`));
	first.close();
	openForWriting().close();
	expect(readdirSync(dir)).not.toContain("writer.json");
});

test("a note is not a lock, and a process that only has a dead one's id isn't taken for it", () => {
	openForWriting().close();
	const writer = openForWriting();
	const { id } = writer.create(exampleStudy().stored.study, "ab".repeat(32), "1");
	const note = JSON.parse(readFileSync(join(dir, "writer.json"), "utf8")) as { started: string | null };
	const reader = openStore(dir, { mode: "read" });
	const stateWith = (changes: object) => {
		writeFileSync(join(dir, "writer.json"), JSON.stringify({ ...note, ...changes }));
		return reader?.find(id).state;
	};
	expect(stateWith({})).toBe("running");
	expect(stateWith({ host: `not-${hostname()}` })).toBe("running"); // can't be known from here
	expect(stateWith({ pid: 2 ** 22 + 1 })).toBe("interrupted"); // above Linux's highest process id
	if (note.started !== null) expect(stateWith({ started: "1" })).toBe("interrupted");
	expect(openForWriting).toThrow(inUse(/: another process writes to it$/)); // the lock holds, even where the note says otherwise
	reader?.close();
	writer.close();
});
