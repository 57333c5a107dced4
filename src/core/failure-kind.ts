/**
 * What kind of failure a trial's message reports: its first line without the numbers and the quoted values in it, which differ from run to
 * run (`validation.accuracy is "32.9 %", expected a share from 0 to 1`). An exit code is a kind of its own, and digits within a word belong
 * to it (`SIGUSR1`).
 */
export function failureKind(message: string | null): string {
	const [how] = (message ?? "").split("\n");
	if (/^exit code \d+$/.test(how)) return how;
	return how.replace(/"[^"]*"/g, '"…"').replace(/(?<![\p{L}\p{N}_])-?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?/giu, "…");
}
