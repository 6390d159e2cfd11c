import { z } from 'zod';

// Each check has a text that says what is allowed. The loader puts what was found before it.

/** Text that matches a pattern. */
export const text = (allowed: string, pattern: RegExp) => z.string(allowed).regex(pattern, allowed);

/** One line of text for readers. */
export const line = (allowed: string, longest = 200) =>
  text(`${allowed}, in one line of at most ${longest} characters`, /^\S(.*\S)?$/).max(
    longest,
    `${allowed}, in one line of at most ${longest} characters`,
  );

/** A name that can be part of a stack name, a key alias or a bucket name. */
export const slug = (longest: number) => {
  const allowed = `lower-case letters, digits and single hyphens, beginning with a letter, at most ${longest} characters`;
  return text(allowed, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/).max(longest, allowed);
};

/** A positive number with a maximum. */
export const count = (most: number, least = 1) => {
  const allowed = `a whole number from ${least} to ${most}`;
  return z.int(allowed).min(least, allowed).max(most, allowed);
};

/** A list that isn't empty. */
export const list = <T extends z.ZodType>(of: T, allowed: string) => z.array(of, allowed).min(1, allowed);

const dayAllowed = 'a day such as 2027-06-30';

/** A day of the calendar. */
export const day = () => text(dayAllowed, /^\d{4}-\d{2}-\d{2}$/).refine(isDay, dayAllowed);

/** Whether a text in this format is a day of the calendar. */
const isDay = (of: string) => {
  const date = new Date(`${of}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(of);
};
