import { shortened } from './problem';

/** How a message names a value of the file: `'eu-west-2'`, `the number 365`, `a list`. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${shortened(value)}'`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  const keys = Object.keys(value);
  return keys.length === 0
    ? 'an empty mapping'
    : `a mapping with ${shortened(keys.map((key) => `'${key}'`).join(', '))}`;
}
