/** A lane's web worker. Its file lies next to the data that come with the package. */
import { Lane } from "../lane/lane.js";
import type { FromLane, ToLane } from "../lane/protocol.js";
import { fetchPackaged } from "./fetch-packaged.js";

const lane = new Lane((message: FromLane) => self.postMessage(message), fetchPackaged);

// The page hears of errors, but not of promises that are rejected.
self.addEventListener("unhandledrejection", ({ reason }) => {
	throw reason;
});
self.onmessage = ({ data }: MessageEvent<ToLane>) => lane.hear(data);
