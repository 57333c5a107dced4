import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { eventFile } from "../../trackers/tensorboard/write.js";
import { filesWrittenBelow, namedFor } from "./files-written.js";

/** What is found once this file is there. */
function found(path: string, content: string | Uint8Array, ...others: readonly string[]) {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-written-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const look = filesWrittenBelow(folder);
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	for (const other of others) writeFileSync(join(folder, dirname(path), other), "");
	writeFileSync(join(folder, path), content);
	return look();
}

const events = (...tags: readonly string[]): Uint8Array =>
	Buffer.concat([
		...eventFile(
			new Map(),
			tags.map((tag) => ({ tag, step: 49, value: 0.5 })),
			() => 0,
		),
	]);

test("event files of Lightning's logger count from 0: a score of its own shows them, or the epoch next to the settings", () => {
	const path = "lightning_logs/version_0/events.out.tfevents.1";
	expect(found(path, events("val_acc", "hp_metric"))?.metrics).toEqual({ tensorboard: "lightning_logs", from: 0 });
	expect(found(path, events("val_acc", "epoch"), "hparams.yaml")?.metrics).toEqual({ tensorboard: "lightning_logs", from: 0 });
	expect(found(path, events("val_acc", "epoch"))?.metrics).toEqual({ tensorboard: "lightning_logs" });
});

test("a metric of the script's own counts where its name shows which way is better, with any characters in it", () => {
	const table = found("log.csv", "epoch,val f1 (macro),note\n0,0.5,x\n");
	expect(table?.metrics).toEqual({ file: "log.csv", epoch: { name: "epoch", from: 0 } });
	expect(table && namedFor(table, "val_f1_macro").metrics).toMatchObject({ names: { val_f1_macro: "val f1 (macro)" } });
	expect(found("log.csv", "epoch,train_f1,note\n0,0.5,x\n")).toBeNull();
});

test("JSON lines are looked at as tables are: keys of nested objects, and of any line", () => {
	expect(found("logs/log.jsonl", '{"step": 1, "train": {"loss": 1}}\n{"step": 1, "val": {"acc": 0.5}}\n')).toEqual({
		path: "logs/log.jsonl",
		titles: ["step", "train.loss", "val.acc"],
		metrics: { file: "logs/log.jsonl", step: "step" },
	});
});
