import type { Locate } from "../data/source-kind.js";
import type { Cluster, SiteCommands } from "./cluster-schema.js";

/** A folder below the user's home stays as it is written: which home that is, the machine that runs the study knows. */
export const resolveCluster = ({ folder, command, ...rest }: Cluster, locate: Locate): Cluster => ({
	...rest,
	...(folder !== undefined && { folder: folder.startsWith("~/") ? folder : locate(folder) }),
	...(command && { command: located(command, locate) }),
});

/** A site's programs that lie next to the study file are found wherever it is run from. */
function located({ submit, poll, cancel }: SiteCommands, locate: Locate): SiteCommands {
	const command = ([program = "", ...rest]: readonly string[]) => [program.includes("/") ? locate(program) : program, ...rest];
	return { submit: command(submit), poll: command(poll), cancel: command(cancel) };
}
