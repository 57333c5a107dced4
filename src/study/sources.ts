import type { z } from "zod";
import type { DataSource } from "../data/source.js";
import { studyParts } from "./schema.js";

/** Makes a path as it stands in the study file absolute, so that every thread and every later command finds the same file. */
export type Locate = (path: string) => string;

const tutorialBlobs = { examples: 1000, classes: 3, features: 2, spread: 2 };

/** A data source with all its defaults: a name alone is an object without keys. */
export function dataSource(data: z.output<typeof studyParts.data>, locate: Locate): DataSource {
	if (typeof data === "object") {
		if ("blobs" in data) return { name: "blobs", ...data.blobs };
		if ("teacher" in data) return { name: "teacher", ...data.teacher };
		if ("csv" in data) {
			const { csv, label, split = null, normalize, separator = null } = data;
			return { name: "csv", file: locate(csv), label, split, normalize, separator };
		}
		if ("idx" in data) return { name: "idx", folder: locate(data.idx) };
		if ("quadratic" in data) return { name: "quadratic", ...data.quadratic };
		if ("logistic" in data) return { name: "logistic", ...data.logistic };
		return { name: "least-squares", ...data["least-squares"] };
	}
	switch (data) {
		case "digits":
		case "tutorial-blobs":
		case "fashion-mnist":
			return { name: data };
		case "blobs":
			return { name: "blobs", ...tutorialBlobs };
		case "teacher":
			return { name: "teacher", ...studyParts.teacher.parse({}) };
		case "quadratic":
			return { name: "quadratic", ...studyParts.quadratic.parse({}) };
		case "least-squares":
			return { name: "least-squares", ...studyParts.leastSquares.parse({}) };
		case "logistic":
			return { name: "logistic", ...studyParts.logistic.parse({}) };
	}
}
