/** The keys left of a mapping that is converted whole. The conversion doesn't compile while the schema has one more. */
export type NoneLeft = Record<string, never>;
