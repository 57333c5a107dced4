/** The web worker of a race to the goal. Its file lies next to the data that come with the package. */
import type { FromRace, ToRace } from "../race/protocol.js";
import { Race } from "../race/race.js";
import { fetchPackaged } from "./fetch-packaged.js";

const race = new Race((message: FromRace) => self.postMessage(message), fetchPackaged);

// The page hears of errors, but not of promises that are rejected.
self.addEventListener("unhandledrejection", ({ reason }) => {
	throw reason;
});
self.onmessage = ({ data }: MessageEvent<ToRace>) => race.hear(data);
