import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Rng } from "../../../core/rng.js";
import { maskedCrc } from "../../../trackers/tfrecord.js";
import { Columns } from "./columns.js";
import { EventFileReader } from "./event-file-reader.js";
import type { FileReader, Written } from "./reader.js";
import { TableReader } from "./table-reader.js";

const columns = new Columns({ f1: { name: "F1", scale: 0.01 } }, "validation.loss");
const lightnings = { file: "metrics.csv", step: { name: "step" } };

/** What is read of a text in pieces of so many bytes. */
function readIn(make: (take: (written: Written) => void) => FileReader, content: Buffer, piece = 7) {
	const found: Written[] = [];
	const reader = make((written) => found.push(written));
	const push = (bytes: Buffer) => {
		for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
	};
	push(content);
	const said = () => found.splice(0).map(({ event }) => ("wrong" in event ? event.wrong : { ...event.place, ...event.metrics }));
	return { reader, push, said };
}
const table = (text: string, onDisk = lightnings, name = "logs/metrics.csv") =>
	readIn((take) => new TableReader(name, onDisk, columns, take), Buffer.from(text));

test("a table's rows have what their cells say, for any order of the columns", () => {
	const { said } = table("\uFEFFval_loss;epoch;F1;step\r\n0.5;1;;2\r\n;1;90;3\n0.25;;;5\n\nnan;1;;6\n0.1;1;;");
	expect(said()).toEqual([
		{ step: 3, "validation.loss": 0.5 },
		{ step: 4, f1: 0.9 },
		{ step: 6, "validation.loss": 0.25 },
		{ step: 7, "validation.loss": Number.NaN },
	]);
});

test("of a file that is written anew the rows that were there are known; from the first that differs all are new", () => {
	const { reader, push, said } = table("step,val_loss\n1,0.5\n2,0.4\n", undefined, "log.csv");
	expect(said().length).toBe(2);
	reader.anew();
	push(Buffer.from("step,lr,val_loss\n1,1,0.5\n2,1,0.4\n3,1,0.3\n"));
	expect(said()).toEqual([{ step: 3, "validation.loss": 0.3 }]);
	reader.anew();
	push(Buffer.from("step,val_loss\n1,0.5\n2,0.1\n3,0.3\n"));
	expect(said()).toEqual([
		{ step: 2, "validation.loss": 0.1 },
		{ step: 3, "validation.loss": 0.3 },
	]);
});

test("a header that comes once more is none of its rows, and a last line counts where its writer came to an end", () => {
	const { reader, said } = table("step,val_loss\n1,0.5\nstep,val_loss\n2,0.4\n3,0.3", undefined, "log.csv");
	expect(said()).toEqual([
		{ step: 1, "validation.loss": 0.5 },
		{ step: 2, "validation.loss": 0.4 },
	]);
	reader.end(false);
	expect(said()).toEqual([]);
	reader.end(true);
	expect(said()).toEqual([{ step: 3, "validation.loss": 0.3 }]);
});

test("lines of JSON have NaN as Python writes it; null is nothing, and other lines are none of ours", () => {
	const text = '{"step": 1, "val_loss": NaN}\nsaved\n{"step": 2, "val_loss": null, "train": {"loss": 3}}\n{"step": 3, "val\n';
	expect(table(text, undefined, "log.jsonl").said()).toEqual([
		{ step: 1, "validation.loss": Number.NaN },
		{ step: 2, "train.loss": 3 },
	]);
});

const folder = fileURLToPath(new URL("../../../../test/fixtures/trackers/pytorch/b16-r0.125-s1/", import.meta.url));
const events = readFileSync(folder + (readdirSync(folder).find((name) => name.includes("tfevents")) ?? ""));
const eventFile = (content: Buffer, piece?: number) =>
	readIn((take) => new EventFileReader("run/x.tfevents", { tensorboard: "." }, columns, take), content, piece);

test("an event file says the same in pieces of any size", () => {
	const whole = eventFile(events, events.length).said();
	expect(whole.length).toBe(12);
	for (const piece of [1, 13, 100]) expect(eventFile(events, piece).said()).toEqual(whole);
});

test("a record whose length can't be true, with a checksum that is right, is not waited for, and nothing more of its file is kept", () => {
	const head = Buffer.alloc(12);
	head.writeBigUInt64LE(2n ** 40n);
	head.writeUInt32LE(maskedCrc(head.subarray(0, 8)), 8);
	const { push, said } = eventFile(Buffer.concat([events, head]), 100);
	const read = said();
	expect(read.length).toBe(13);
	expect(read.at(-1)).toMatch(/a record of run\/x\.tfevents is said to have 1099511627776 bytes/);
	push(events);
	expect(said()).toEqual([]);
});

test("200 damaged files say what is wrong, or no more than they have: none throws", () => {
	const rng = Rng.fromSeed(17);
	const below = (most: number) => rng.uint32() % most;
	const rows = Buffer.from(`step,val_loss\n${Array.from({ length: 40 }, (_, i) => `${i},${1 / (i + 1)}\n`).join("")}`);
	for (let round = 0; round < 200; round++) {
		const content = Buffer.from(round % 2 === 0 ? events : rows);
		const at = below(content.length);
		if (round % 4 < 2) content[at] = below(256);
		else content.writeUInt32LE(rng.uint32(), Math.min(at, content.length - 8));
		const damaged = content.subarray(0, round % 3 === 0 ? below(content.length) : undefined);
		const { reader, said } = round % 2 === 0 ? eventFile(damaged, 50) : table(damaged.toString("latin1"));
		reader.end(true);
		expect(said().length).toBeLessThanOrEqual(41);
	}
});
