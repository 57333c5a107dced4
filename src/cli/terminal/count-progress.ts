import { liveBlock } from "./live-block.js";
import type { Terminal } from "./terminal.js";

/** Shows how many of a known number of tasks are done, on standard error. */
export interface CountProgress {
	show(done: number, total: number): void;
	/** Takes away what was only of interest meanwhile. May be called more than once. */
	end(): void;
}

const barWidth = 30;

/** A bar drawn in place where somebody is watching, else a line at every tenth; nothing where `quiet`. */
export function countProgress(terminal: Terminal, name: string, unit: string, quiet: boolean): CountProgress {
	if (quiet) return { show: () => {}, end: () => {} };
	if (!terminal.interactive) {
		let tenths = -1;
		return {
			show(done, total) {
				const reached = Math.floor((10 * done) / total);
				if (reached === tenths) return;
				tenths = reached;
				terminal.stream.write(`${name}: ${done} of ${total} ${unit}\n`);
			},
			end: () => {},
		};
	}
	const block = liveBlock(terminal);
	return {
		show(done, total) {
			const full = Math.round((barWidth * done) / total);
			block.draw(() => [`${name}  ${"█".repeat(full)}${"░".repeat(barWidth - full)}  ${done} of ${total} ${unit}`]);
		},
		end: () => block.clear(),
	};
}
