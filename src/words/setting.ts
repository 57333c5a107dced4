import { flagNames, type Setting } from "../core/setting.js";
import type { Study } from "../study/study.js";
import { formatCount, formatRate } from "./numbers.js";

const names = [
	{ key: "momentum", title: "momentum", short: "momentum" },
	{ key: "weightDecay", title: "weight decay", short: "decay" },
] as const satisfies readonly { readonly key: "momentum" | "weightDecay"; readonly title: string; readonly short: string }[];

/** The columns of a table that any of its rows has a value for: what the study searches in addition to the learning rate. */
export const settingNames = (rows: readonly Setting[]) => [
	...names
		.filter(({ key }) => rows.some((row) => row[key] !== undefined))
		.map(({ key, title, short }) => ({
			title: title as string,
			short: short as string,
			of: (row: Setting): string | null => valueText(row[key]),
		})),
	...flagNames(rows).map((name) => ({ title: name, short: name, of: ({ flags }: Setting): string | null => valueText(flags?.[name]) })),
];

/** `, momentum 0.9, weight decay 0.001`; empty where nothing is searched. */
export const settingText = (setting: Setting): string =>
	[
		...names.flatMap(({ key, title }) => (setting[key] === undefined ? [] : [`, ${title} ${setting[key]}`])),
		...flagNames([setting]).map((name) => `, ${name} ${setting.flags?.[name]}`),
	].join("");

/** `batch size 32 and learning rate 0.001`; `batch size 32, learning rate 0.001, momentum 0.9` where more is searched. */
export function choiceText(choice: Setting & { readonly batchSize: number; readonly learningRate: number }): string {
	const setting = settingText(choice);
	return `batch size ${formatCount(choice.batchSize)}${setting ? "," : " and"} learning rate ${formatRate(choice.learningRate)}${setting}`;
}

/** The values that a study searches, by name: `["momentum", "0, 0.9"]`. */
export const searchedValues = ({ tune }: Pick<Study, "tune">): [title: string, values: string][] => [
	...names.flatMap(({ key, title }) => (tune[key] ? [[title, tune[key].join(", ")] satisfies [string, string]] : [])),
	...Object.entries(tune.flags ?? {}).map(([name, values]): [string, string] => [name, values.join(", ")]),
];

const valueText = (value: number | undefined): string | null => (value === undefined ? null : String(value));
