import type { z } from "zod";
import type { DataSource, Normalization } from "../data/source.js";
import { studyParts } from "./schema.js";

/** Makes a path as it stands in the study file absolute, so that every thread and every later command finds the same file. */
export type Locate = (path: string) => string;

/** A data source with all its defaults: a name alone is an object without keys. */
export function dataSource(data: z.output<typeof studyParts.data>, locate: Locate): DataSource {
	if (typeof data === "object") {
		if ("blobs" in data) return { name: "blobs", ...data.blobs };
		if ("moons" in data) return { name: "moons", ...data.moons };
		if ("circles" in data) return { name: "circles", ...data.circles };
		if ("spirals" in data) return { name: "spirals", ...data.spirals };
		if ("teacher" in data) return { name: "teacher", ...data.teacher };
		if ("csv" in data) {
			const { csv, label, target, split = null, normalize, normalizeTarget, separator = null } = data;
			const columns = typeof target === "string" ? [target] : target;
			const truth = columns ? { target: columns, ...targetScale(normalizeTarget) } : label !== undefined && { label };
			return { name: "csv", file: locate(csv), ...truth, split, normalize, separator };
		}
		if ("idx" in data) return { name: "idx", folder: locate(data.idx) };
		if ("npz" in data) {
			const { npz, features, labels, target, normalize, normalizeTarget } = data;
			const file = locate(npz);
			if (target !== undefined)
				return { name: "npz", file, arrays: { features: features ?? null, target }, normalize, ...targetScale(normalizeTarget) };
			const arrays = features === undefined || labels === undefined ? null : { features, labels };
			return { name: "npz", file, arrays, normalize };
		}
		if ("npy" in data) {
			const { npy, labels, target, normalize, normalizeTarget } = data;
			const truth =
				target === undefined
					? labels !== undefined && { labels: locate(labels) }
					: { target: locate(target), ...targetScale(normalizeTarget) };
			return { name: "npy", features: locate(npy), ...truth, normalize };
		}
		if ("quadratic" in data) return { name: "quadratic", ...data.quadratic };
		if ("logistic" in data) return { name: "logistic", ...data.logistic };
		return { name: "least-squares", ...data["least-squares"] };
	}
	switch (data) {
		case "digits":
		case "tutorial-blobs":
		case "fashion-mnist":
		case "mnist":
			return { name: data };
		case "moons":
			return { name: data, ...studyParts.moons.parse({}) };
		case "circles":
			return { name: data, ...studyParts.circles.parse({}) };
		case "spirals":
			return { name: data, ...studyParts.spirals.parse({}) };
		case "teacher":
			return { name: data, ...studyParts.teacher.parse({}) };
		case "blobs":
			return { name: data, ...studyParts.blobs.parse({}) };
		case "quadratic":
			return { name: "quadratic", ...studyParts.quadratic.parse({}) };
		case "least-squares":
			return { name: "least-squares", ...studyParts.leastSquares.parse({}) };
		case "logistic":
			return { name: "logistic", ...studyParts.logistic.parse({}) };
	}
}

const targetScale = (normalizeTarget: Normalization = "none") => ({ normalizeTarget });
