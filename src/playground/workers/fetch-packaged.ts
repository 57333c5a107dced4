import type { ReadBytes } from "../../data/source.js";

/**
 * Reads what comes with the package from where the worker's own file lies. Under a name without `.gz`, since some hosts would unpack such
 * files on the way, and their checksum would no longer be right.
 */
export const fetchPackaged: ReadBytes = async (place) => {
	if (!("packaged" in place)) return null;
	const response = await fetch(new URL(place.packaged.replace(/\.csv\.gz$/, ".bin"), self.location.href));
	return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
};
