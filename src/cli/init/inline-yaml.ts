import { stringify } from "yaml";

/** A value on one line, as YAML. */
export const inline = (value: unknown): string =>
	stringify(value, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: true, defaultStringType: "PLAIN" }).trimEnd();
