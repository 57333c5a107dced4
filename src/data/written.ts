import type { z } from "zod";

/** How a source is written that has nothing to set: by its name. */
export const byName = <Name extends string>(name: Name) => ({
	byName: true as const,
	read: (written: unknown): { readonly name: Name } | null => (written === name ? { name } : null),
	written: (): string => name,
});

/** How a source is written that has settings with defaults: `{ NAME: { … } }`, or its name alone. */
export const bySettings = <Name extends string, Settings extends object>(
	name: Name,
	schema: z.ZodType<Readonly<Record<Name, Settings>>>,
) => ({
	byName: true as const,
	read(written: unknown): ({ readonly name: Name } & Settings) | null {
		const { success, data } = schema.safeParse(written === name ? { [name]: {} } : written);
		return success ? { name, ...data[name] } : null;
	},
	written({ name: _, ...settings }: { readonly name: Name } & Settings): object {
		return { [name]: settings };
	},
});

/** The members that have a value. */
export const withoutNulls = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
