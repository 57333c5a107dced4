import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { python, scriptRuns } from "../fixtures/scripts/run-script.js";

describe("no matter what a script prints, its trial has a clear outcome", () => {
	test("nothing at all", async () => {
		const { run } = await scriptRuns(["true"]);
		expect(await run()).toMatchObject({
			outcome: "failed",
			message: "the script ended without having reported validation.loss",
			steps: 0,
			log: "",
		});
	});

	test("garbage and binary go into the log byte by byte; the events among them count", async () => {
		const { run } = await scriptRuns(
			python(`
say(1, 3.0)
sys.stdout.buffer.write(bytes(range(256)) * 50 + b"\\n{\\"other\\": no\\n" + b"{" * 500 + b"\\n\\xff\\xfe\\n")
sys.stdout.flush()
events = sys.stdout
say(2, 0.05)
time.sleep(60)`),
		);
		const { outcome, first, log } = await run();
		// What is no JSON and doesn't begin as an event is but a line.
		expect({ outcome, first }).toEqual({ outcome: "reached", first: { after: 1, step: 2, examples: 16 } });
		expect(log.length).toBe(256 * 50 + 1 + '{"other": no\n'.length + 501 + 3);
	});

	test("a line of 100 MB, in bounded memory: 16 MiB of it are kept, and how much is missing", async () => {
		const { run, store, close } = await scriptRuns(
			python(`
for _ in range(100): sys.stdout.write("x" * 1000000)
sys.stdout.write("\\n")
events = sys.stdout
say(1, 0.05)
time.sleep(60)`),
		);
		const before = process.memoryUsage().rss;
		const trial = run();
		let most = 0;
		const watching = setInterval(() => {
			most = Math.max(most, process.memoryUsage().rss - before);
		}, 20);
		const { outcome } = await trial.catch(() => ({ outcome: "none" }));
		clearInterval(watching);
		expect(outcome).toBe("reached");
		await close();
		const [log] = execFileSync("find", [join(store, "logs"), "-name", "*.log"], { encoding: "utf8" })
			.trim()
			.split("\n");
		expect(statSync(log).size).toBeLessThan(16.1 * 2 ** 20);
		expect(execFileSync("tail", ["-c", "200", log], { encoding: "utf8" })).toContain(
			`${100_000_001 - 16 * 2 ** 20} bytes more are not kept`,
		);
		// The helper of this test reads the log in one, as a string of a byte a character, twice over at most.
		expect(most).toBeLessThan(350e6);
	});

	test("more than is kept of a trial that runs: failed, and it says what to do", async () => {
		const { run, store, close } = await scriptRuns(python('say(1, 2.0)\nwhile True: print("x" * 10000)'), { printed: 2 * 2 ** 20 });
		expect(await run()).toMatchObject({
			outcome: "failed",
			message: expect.stringMatching(/^it printed more than 2 MiB: make it print less, or write to a file of its own\n/),
			evaluations: [{ step: 1 }],
		});
		await close();
		expect(existsSync(join(store, "running", "scripts"))).toBe(false);
	});

	test.each([
		["NaN, as Python writes it", 'tell(step=3, metrics=dict([("train.loss", float("nan"))]))', "train.loss became NaN at step 3"],
		["an infinity", "say(3, float('inf'))", "validation.loss became Infinity at step 3"],
		["null, as JavaScript writes it", 'tell(step=3, metrics=dict([("train.loss", None)]))', "train.loss became NaN at step 3"],
	])("%s is divergence", async (_, code, message) => {
		const { run } = await scriptRuns(python(`say(1, 2.0)\n${code}\nsys.exit(1)`));
		expect(await run()).toMatchObject({ outcome: "diverged", message });
	});

	test.each([
		["steps that go backwards", "say(5, 2.0)\nsay(3, 1.0)", "step 3 was reported after step 5: steps must go forwards"],
		[
			"the same step with another value",
			"say(5, 2.0)\nsay(5, 1.0)",
			"validation.loss was reported twice after step 5, as 2 and 1: one process should report",
		],
		["another version of the protocol", "print(json.dumps(dict(sweetspot=2, step=1)))", "it speaks version 2 of the protocol, expected 1"],
		["an event cut off in the middle", 'print(\'{"sweetspot":1,"st\')\nsay(1, 0.01)', /^a line begins as an event and is no JSON/],
		["an accuracy in percent", 'tell(step=1, metrics=dict([("validation.accuracy", 91.0)]))', /expected a share from 0 to 1/],
		["an unknown metric", "tell(step=1, metrics=dict(val_acc=0.9))", /^at step 1: "val_acc" is another way to write validation.accuracy/],
		["a text for a number", 'say(1, "low")', 'validation.loss at step 1 is "low", expected a number'],
		["no place", 'tell(metrics=dict([("validation.loss", 1.0)]))', /^an event has neither step, epoch nor examples/],
	])("%s: failed, and it says why", async (_, code, message) => {
		const { run } = await scriptRuns(python(`${code}\ntime.sleep(60)`));
		const result = await run();
		expect(result.outcome).toBe("failed");
		if (typeof message === "string") expect(result.message).toBe(message);
		else expect(result.message).toMatch(message);
	});

	test("the same step twice, saying the same or something more, is one report", async () => {
		const { run } = await scriptRuns(
			python(`
tell(step=1, metrics=dict([("train.loss", 2.0)]))
say(1, 1.5)
say(1, 1.5)
tell(step=1, metrics=dict([("train.accuracy", 0.25)]))
say(2, 0.05)
time.sleep(60)`),
		);
		const { outcome, evaluations } = await run();
		expect(outcome).toBe("reached");
		expect(evaluations).toEqual([
			{ step: 1, examples: 8, metrics: { "train.loss": 2, "validation.loss": 1.5, "train.accuracy": 0.25 } },
			{ step: 2, examples: 16, metrics: { "validation.loss": 0.05 } },
		]);
	});

	test("metrics of another trial count for nothing", async () => {
		const { run } = await scriptRuns(
			python(`
own = json.loads(os.environ["SWEETSPOT_TRIAL"])["trial"]
say(1, 0.001, trial="tuning-batch9-rate1-seed0-cap5")
say(1, 2.0, trial=own)
say(2, 0.05)
time.sleep(60)`),
		);
		expect(await run()).toMatchObject({ outcome: "reached", first: { after: 1, step: 2 } });
		const stranger = await scriptRuns(python('say(1, 0.001, trial="another")'));
		expect(await stranger.run()).toMatchObject({ outcome: "failed", message: "the script reported on another trial only: another" });
	});
});

describe("however a script ends, its trial has a clear outcome", () => {
	test("by itself, without having reached the goal: stopped; where no report could have come before the cap, missed", async () => {
		const { run } = await scriptRuns(python("for step in range(10, 191, 10): say(step, 2.0)"));
		expect(await run({ cap: 200 })).toMatchObject({ outcome: "stopped", steps: 190 });
		expect(await run({ cap: 195 })).toMatchObject({ outcome: "missed", steps: 190 });
	});

	test("with an exit code: failed, with its last lines", async () => {
		const { run } = await scriptRuns(python('say(1, 2.0)\nfor i in range(30): print("line", i)\nraise ValueError("no such layer")'));
		const { outcome, message } = await run();
		expect(outcome).toBe("failed");
		const lines = message?.split("\n") ?? [];
		expect([lines[0], lines.at(-1), lines.length]).toEqual(["exit code 1", "ValueError: no such layer", 21]);
	});

	test.each([
		[
			"RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB",
			"torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB",
		],
		["a failed allocation in cuBLAS", "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate(handle)"],
		["JAX", "jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory allocating 68719476736 bytes."],
		["numpy", "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 74.5 GiB for an array with shape (100000, 100000)"],
		[
			"PyTorch on the processor",
			"RuntimeError: [enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 400 bytes",
		],
	])("out of memory (%s) is told apart from other failures", async (_, line) => {
		const { run } = await scriptRuns(python(`say(1, 2.0)\nprint(${JSON.stringify(line)}, file=sys.stderr)\nsys.exit(1)`));
		expect(await run()).toMatchObject({ outcome: "out of memory", message: line });
	});

	test("Python's MemoryError, for real, is out of memory; so is C++'s bad_alloc", async () => {
		const real = await scriptRuns(python("import resource\nresource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9))\nx = bytearray(10**10)"));
		expect(await real.run()).toMatchObject({ outcome: "out of memory", message: "MemoryError" });
		const thrown = await scriptRuns(
			python("print(\"terminate called after throwing an instance of 'std::bad_alloc'\", file=sys.stderr)\nos.abort()"),
		);
		expect((await thrown.run()).outcome).toBe("out of memory");
	});

	test("by its own crash: failed at once; by a signal from outside it is started again, twice at most", async () => {
		const crash = await scriptRuns(python('print("here")\nsys.stdout.flush()\nos.kill(os.getpid(), signal.SIGSEGV)'));
		const crashed = await crash.run();
		expect(crashed).toMatchObject({ outcome: "failed", message: "it was ended by SIGSEGV\nhere", log: "here\n" });
		const killed = await scriptRuns(python('print("begun", flush=True)\nos.kill(os.getpid(), signal.SIGKILL)'));
		const { outcome, message, log } = await killed.run();
		expect(outcome).toBe("failed");
		expect(message?.split("\n")[0]).toBe("it was ended by SIGKILL");
		expect(log).toBe(
			"begun\n[sweetspot] it was ended by SIGKILL: once more in 0.5 s\nbegun\n[sweetspot] it was ended by SIGKILL: once more in 2 s\nbegun\n",
		);
	});

	test("started again, it finds its checkpoint, and its looks go on from there", async () => {
		const { run } = await scriptRuns(
			python(`
place = os.path.join(json.loads(os.environ["SWEETSPOT_TRIAL"])["checkpoints"], "step")
begin = int(open(place).read()) if os.path.exists(place) else 0
for step in range(begin + 1, 100):
    say(step, 1.0 if step < 9 else 0.05)
    if step == 4: open(place, "w").write("4")
    if step == 6 and begin == 0:
        time.sleep(0.2)
        sys.exit(75)
time.sleep(60)`),
			{ retry: [75] },
		);
		const { outcome, first, evaluations } = await run();
		expect({ outcome, first }).toEqual({ outcome: "reached", first: { after: 8, step: 9, examples: 72 } });
		expect(evaluations.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	test("in the middle of an event, by a signal: the half line counts for nothing", async () => {
		const { run } = await scriptRuns(
			python('say(1, 2.0)\nevents.write(\'{"sweetspot":1,"step":2,"metr\')\nevents.flush()\nos.kill(os.getpid(), signal.SIGSEGV)'),
		);
		expect(await run()).toMatchObject({
			outcome: "failed",
			message: 'it was ended by SIGSEGV\n{"sweetspot":1,"step":2,"metr',
			steps: 1,
		});
	});

	test("not within its time: timed out", async () => {
		const { run } = await scriptRuns(python("say(1, 2.0)\ntime.sleep(60)"), { seconds: 1.5 });
		expect(await run()).toMatchObject({ outcome: "timed out", steps: 1 });
	});
});
