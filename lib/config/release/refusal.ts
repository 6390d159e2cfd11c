import { ConfigError } from '../read/config-error';

/** The reason for not using a file of a facts release. The caller knows which file it is. */
export class Refusal extends Error {}

/** Refuses: what was found, why that isn't used, and what to do. */
export function refuse(text: string): never {
  throw new Refusal(text);
}

/** Runs an act on a file, which the error of a refusal then names. */
export function inFile<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) throw new ConfigError([{ file, path: '', text: error.message }]);
    throw error;
  }
}

/** A value of an untrusted file, if it is safe and short enough to show. */
export const shown = (value: unknown) =>
  (typeof value === 'string' && /^[\w./:+-]{1,80}$/.test(value)) || typeof value === 'number'
    ? `'${value}'`
    : '(not shown)';
