import { schemaVersion } from "../../api/answer-document.js";
import { detachStudy } from "../../api/detached/begin.js";
import type { Backend } from "../../core/backend.js";
import type { Execution } from "../../executors/table.js";
import type { Store, StoredStudy } from "../../study/contracts.js";
import { exitCode } from "../exit-codes.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";

/** Hands a stored study over to Slurm: nothing of it stays on this machine but its store. */
export async function detachOnSlurm(
	shell: Shell,
	store: Store,
	stored: StoredStudy,
	backend: Backend | undefined,
	{ workers }: Execution,
	options: RawOptions,
): Promise<number> {
	if (!isOn(options, "quiet", shell.environment))
		shell.say("A first job finds out whether the nodes can go on with the study by themselves …");
	const { interrupt: signal } = shell;
	const detached = await detachStudy({
		store,
		stored,
		backend,
		workers,
		program: process.argv[1],
		signal,
		onRemark: (text) => shell.say(text),
	});
	if (detached === null) {
		shell.say("Interrupted, before anything was queued.");
		return shell.interruptedBy === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
	}
	const { id } = stored;
	if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify({ schemaVersion, study: { id }, ...detached }, null, 2)}\n`);
	else
		shell.say(
			[
				`${id} goes on by itself in Slurm now, from job ${detached.job} on: nothing of it runs on this machine.`,
				`  how far it is: sweetspot studies`,
				`  its answer:    sweetspot show ${id}`,
				`  stop it:       sweetspot stop ${id}`,
				`  go on after a stop or a failure: sweetspot resume ${id} --executor slurm --detach`,
			].join("\n"),
		);
	return exitCode.done;
}
