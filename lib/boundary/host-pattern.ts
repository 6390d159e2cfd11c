const VARIABLE = /<[^>]+>/;

/** The source of a regular expression for a host of the facts: `<name>` is a variable label, or a variable part of one. */
export const hostSource = (pattern: string): string =>
  pattern
    .split(VARIABLE)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[a-z0-9-]+');

/** Whether a host is the one of a pattern, or one of those that it stands for. */
export const matchesHost = (pattern: string, host: string): boolean =>
  VARIABLE.test(pattern) ? new RegExp(`^${hostSource(pattern)}$`).test(host) : pattern === host;
