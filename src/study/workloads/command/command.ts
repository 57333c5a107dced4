import { internal } from "../../../core/errors.js";
import { factsOfCode, type WorkloadKind, type WorkloadReader } from "../kind.js";
import { recordProblems } from "../record-problems.js";
import { without } from "../without.js";
import { commandProblems } from "./problems.js";
import { resolveCommand } from "./resolve.js";
import { commandWorkload } from "./schema.js";
import { type CommandWorkload, tellsWholeEpochs } from "./workload.js";

export const command = {
	name: "command",
	traits: {
		isTrainable: true,
		trainer: "script",
		runsUserCode: true,
		isDeterministic: false,
		looks: "reported",
		timing: "of runs",
		asksByCalibration: false,
		onDevices: true,
		hasBackend: false,
		isProcess: true,
	},
	nameOf: ({ command }: CommandWorkload) => command.join(" "),
	hashed: (workload: CommandWorkload) => without(workload, ["directory", "grace", "measured", "paused", "retry"]),
	written: (workload: CommandWorkload) => workload,
	reportsWholeEpochs: tellsWholeEpochs,
	isTied: ({ schedule }: CommandWorkload) => schedule === "tied",
	heldBy: ({ hold }: CommandWorkload) => hold,
} satisfies WorkloadKind<CommandWorkload>;

export const commandReader: WorkloadReader<CommandWorkload> = {
	isMeant: (written) => "command" in written,
	async read(written, _, { locate, findCommand }) {
		const { success, data } = commandWorkload.safeParse(written);
		const workload = success ? resolveCommand(data, locate) : null;
		const found = workload && (await findCommand(workload));
		return {
			facts: found && factsOfCode(workload.examples, found.sha256),
			problems: (around) => (found ? commandProblems(workload, found, around) : recordProblems(around.record)),
			resolve() {
				if (!workload) throw internal("a command of unsound keys was resolved");
				return workload;
			},
		};
	},
};
