import { forgetUnanswered } from "./actions.js";

export type Connection = "found" | "lost" | "refused" | "gone" | "failing";

const words: Readonly<Record<Connection, string>> = {
	found: "",
	lost: "Connection lost. Trying again.",
	refused: "The server was started again: open the link that it printed, and this page goes on.",
	gone: "This is no longer in the store.",
	failing: "The store can’t be read at this moment. Trying again.",
};

/** Shows the state of the connection to the server. The content of the page stays.  */
export function showConnection(connection: Connection): void {
	if (connection === "found") forgetUnanswered();
	const place = document.getElementById("connection");
	if (place && place.textContent !== words[connection]) place.textContent = words[connection];
}
