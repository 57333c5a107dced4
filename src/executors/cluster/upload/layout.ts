/**
 * Of a session's package: the session's file, the program's folder, the folder that a script runs in, and that of data sets which users
 * keep in their cache. Of a job's package: its ticket.
 */
export const inPackage = {
	session: "session.json",
	program: "sweetspot",
	script: "script",
	kept: "kept",
	ticket: "sweetspot-job.json",
} as const;
