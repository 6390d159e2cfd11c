import * as z from 'zod/mini';

/** At most 16 labels; the error names the parameter alone, because a label's name is the client's content. */
export const metadata = z.custom<Record<string, string>>(
  (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).length <= 16 &&
    Object.entries(value).every(([key, label]) => key.length <= 64 && typeof label === 'string' && label.length <= 512),
);
