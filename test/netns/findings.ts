import { connect } from 'node:net';
import { counter } from './namespace';

/** What was found and not expected, and what was expected and not found. */
export function difference(what: string, found: readonly string[], expected: readonly string[]): string[] {
  const unexpected = found.filter((one) => !expected.includes(one)).map((one) => `${what}: '${one}'`);
  const missing = expected
    .filter((one) => !found.includes(one))
    .map((one) => `not ${what}: '${one}', so the test covered less than intended`);
  return [...unexpected, ...missing];
}

/** A count that differs from the expected one. */
export const unequal = (what: string, found: number, expected: number) =>
  found === expected ? [] : [`${what}: ${found}, expected ${expected}`];

/** A control: an attempt to leave the namespace must be counted, or the findings above would prove nothing. */
export async function control(): Promise<string[]> {
  const before = counter('Ip', 'OutNoRoutes');
  const failed = await new Promise<NodeJS.ErrnoException>((resolve) => {
    connect(443, '192.0.2.1').once('error', resolve);
  });
  if (failed.code === 'ENETUNREACH' && counter('Ip', 'OutNoRoutes') > before) return [];
  return [`the namespace didn't count an attempt to leave it (${failed.code})`];
}
