/** What a study may search in addition to the learning rate. A key is present only where it is searched: else it is the workload's own. */
export interface Setting {
	/** μ in [0, 1). */
	readonly momentum?: number;
	/** λ ≥ 0. */
	readonly weightDecay?: number;
	/** Values of placeholders of the author's own, by their names. */
	readonly flags?: Flags;
}

/** Values by the names of the placeholders that they stand for. */
export type Flags = Readonly<Record<string, number>>;

/** The setting in what holds one among other things: a trial's specification, an answer. */
export const settingOf = ({ momentum, weightDecay, flags }: Setting): Setting => ({
	...(momentum !== undefined && { momentum }),
	...(weightDecay !== undefined && { weightDecay }),
	...(flags !== undefined && { flags }),
});

/** Whether two are of one rate and setting. */
export const isSameRate = (
	a: Setting & { readonly learningRate: number | null },
	b: Setting & { readonly learningRate: number | null },
): boolean => a.learningRate === b.learningRate && settingKey(a) === settingKey(b);

/** Names a setting within its study; empty where nothing is searched. */
export const settingKey = ({ momentum, weightDecay, flags = {} }: Setting): string =>
	[
		...(momentum === undefined ? [] : [`/momentum ${momentum}`]),
		...(weightDecay === undefined ? [] : [`/decay ${weightDecay}`]),
		...Object.keys(flags)
			.sort()
			.map((name) => `/${name} ${flags[name]}`),
	].join("");

/** What a flag is called among other columns and settings, as in the study file: `flags.warmup`. */
export const flagTitle = (name: string): string => `flags.${name}`;

/** The flag that a column or setting with this title holds; null where it is none. */
export const flagTitled = (title: string): string | null => /^flags\.([A-Za-z_]\w*)$/.exec(title)?.[1] ?? null;

/** The names of all flags of these settings, in order. */
export const flagNames = (settings: readonly Setting[]): readonly string[] =>
	[...new Set(settings.flatMap(({ flags = {} }) => Object.keys(flags)))].sort();
