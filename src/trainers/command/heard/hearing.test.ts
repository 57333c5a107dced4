import { describe, expect, test } from "vitest";
import type { MetricsInTracker } from "../../../study/workloads/command/workload.js";
import { Columns } from "../written/columns.js";
import { Hearing } from "./hearing.js";
import { isHeardLine, parseHeard } from "./line.js";

const line = (heard: string, metrics: object, more: object = {}): string =>
	JSON.stringify({ sweetspot: 1, heard, at: {}, ...more, metrics });
const hearingOf = (settings: Partial<MetricsInTracker> = {}, all = false): Hearing =>
	new Hearing({ tracker: "any", ...settings }, new Columns(settings.names, "validation.accuracy", all));
const heard = (hearing: Hearing, ...lines: readonly string[]) =>
	lines.map((one) => hearing.event(one)).map((event) => event && { ...event.place, ...event.metrics });

describe("where a figure stands", () => {
	test("is the number of updates where they are counted, and not what the tracker calls its step", () => {
		expect(heard(hearingOf(), line("wandb", { "val/acc": 0.5, epoch: 3 }, { counted: 60, at: { step: 3 } }))).toEqual([
			{ step: 60, "validation.accuracy": 0.5 },
		]);
	});

	test("is otherwise a counter in the row, the tracker's step, or an epoch, of which the first may be number 0", () => {
		const rows = hearingOf();
		expect(heard(rows, line("wandb", { "val/acc": 0.5, global_step: 40 }, { at: { step: 7 } }))).toEqual([
			{ step: 40, "validation.accuracy": 0.5 },
		]);
		expect(heard(rows, line("wandb", { "val/acc": 0.5 }, { at: { step: 47 } }))).toEqual([{ step: 47, "validation.accuracy": 0.5 }]);
		const epochs = hearingOf();
		const logged = [0, 1].map((epoch) => line("wandb", { "val/acc": 0.5, epoch }));
		expect(heard(epochs, ...logged).map((event) => event?.epoch)).toEqual([1, 2]);
	});

	test("is what the study says of the tracker's steps", () => {
		const line3 = line("tensorboard", { "val/acc": 0.5 }, { counted: 60, at: { step: 3 } });
		expect(heard(hearingOf({ counts: "epoch", from: 0 }), line3)).toEqual([{ epoch: 4, "validation.accuracy": 0.5 }]);
		expect(heard(hearingOf({ counts: "examples" }), line3)).toEqual([{ examples: 3, "validation.accuracy": 0.5 }]);
	});

	test("is missing where nothing says it, and that is said", () => {
		const hearing = hearingOf();
		expect(heard(hearing, line("wandb", { "val/acc": 0.5 }))).toEqual([null]);
		expect(hearing.missing).toContain("its tracker gets val/acc, but no step");
	});
});

describe("a figure that several trackers get", () => {
	const at = { counted: 10 };

	test("counts once: the first one's that has it, under the name that it has there", () => {
		const events = heard(
			hearingOf(),
			line("lightning", { val_acc: 0.5, val_loss: 1 }, at),
			line("tensorboard", { val_acc: 0.5 }, { at: { step: 9 } }),
			line("wandb", { "val/acc": 0.75, "train/loss": 2 }, at),
			line("lightning", { val_acc: 0.625 }, { counted: 20 }),
		);
		expect(events).toEqual([
			{ step: 10, "validation.accuracy": 0.5, "validation.loss": 1 },
			null,
			{ step: 10, "train.loss": 2 },
			{ step: 20, "validation.accuracy": 0.625 },
		]);
	});

	test("is the one's that the study names, by the names that it gives", () => {
		const hearing = hearingOf({ tracker: "wandb", names: { "validation.accuracy": { name: "top1", scale: 0.01 } } });
		expect(heard(hearing, line("lightning", { val_acc: 0.5 }, at), line("wandb", { top1: 33.3, val_acc: 0.1 }, at))).toEqual([
			null,
			{ step: 10, "validation.accuracy": 0.333 },
		]);
	});

	test("is none where the script speaks the protocol itself", () => {
		const hearing = hearingOf();
		hearing.mute();
		expect(heard(hearing, line("wandb", { "val/acc": 0.5 }, at))).toEqual([null]);
	});
});

test("a value in float32 is the decimal that was meant, and words are what JSON has no number for", () => {
	const [event] = heard(hearingOf(), line("tensorboard", { "val/acc": Math.fround(0.9), "train/loss": "NaN" }, { counted: 1 }));
	expect(event).toEqual({ step: 1, "validation.accuracy": 0.9, "train.loss": Number.NaN });
});

test("a try takes every name that can be a metric of the user's own, but not what is logged again at the same place", () => {
	const hearing = hearingOf({}, true);
	const rows = [0.5, 0.25].map((value) => line("wandb", { "val f1 (macro)": value, "test/acc": 0.75 }, { counted: 5 }));
	expect(heard(hearing, ...rows)).toEqual([
		{ step: 5, val_f1_macro: 0.5, "test.accuracy": 0.75 },
		{ step: 5, "test.accuracy": 0.75 },
	]);
	expect([...hearing.names]).toEqual([
		["val_f1_macro", "val f1 (macro)"],
		["test.accuracy", "test/acc"],
	]);
});

test.each(['{"sweetspot":1,"heard":"wandb","metr', '{"sweetspot":1,"heard":"unknown","metrics":{}}', '{"sweetspot":1,"heard":"wandb"}'])(
	"a line that can't be read is none: %s",
	(text) => {
		expect(isHeardLine(text)).toBe(true);
		expect(parseHeard(text)).toBeNull();
		expect(hearingOf().event(text)).toBeNull();
	},
);
