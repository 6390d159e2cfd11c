import * as z from 'zod/mini';

const text = z.strictObject({ type: z.literal('input_text'), text: z.string() });
const variables = z.record(z.string(), z.union([z.string(), text]));

/** The stored prompt that a response begins with. */
export const promptReference = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(128)),
  version: z.nullish(z.string().check(z.maxLength(16))),
  variables: z.nullish(variables),
});

export type PromptReference = z.infer<typeof promptReference>;
