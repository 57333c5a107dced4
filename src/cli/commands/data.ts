import { schemaVersion } from "../../api/answer-document.js";
import type { ReadBytes } from "../../data/source.js";
import type { Listed } from "../../data/source-kind.js";
import { fashionMnist } from "../../data/sources/fashion-mnist.js";
import { mnist } from "../../data/sources/mnist.js";
import { catalogue } from "../../data/sources/table.js";
import { keptFolder, readBytes } from "../../trainers/read-bytes.js";
import { exitCode } from "../exit-codes.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";
import { type Offer, renderData } from "../terminal/data-table.js";

/** `sweetspot data`: what a study can be run on, whether it is here, and how it is had. */
export async function data(shell: Shell, options: RawOptions): Promise<number> {
	const offers = await Promise.all(catalogue.map(offer));
	if (isOn(options, "json", shell.environment)) shell.print(`${JSON.stringify({ schemaVersion, sources: offers }, null, 2)}\n`);
	else shell.print(renderData(shell.out, offers));
	return exitCode.done;
}

async function offer(listed: Listed): Promise<Offer> {
	switch (listed.kind) {
		case "yours":
			return { ...listed, state: "depends", get: null };
		case "installed":
			return await found(listed, fashionMnist, "sudo apt-get install -y dataset-fashion-mnist");
		case "kept":
			return await found(listed, mnist, `put its four files, gzipped or not, into ${keptFolder("mnist")}`);
		default:
			return { ...listed, state: "here", get: null };
	}
}

async function found(
	listed: Listed,
	{ isThere }: { readonly isThere: (read: ReadBytes) => Promise<boolean> },
	get: string,
): Promise<Offer> {
	const here = await isThere(readBytes);
	return { ...listed, state: here ? "here" : "missing", get: here ? null : get };
}
