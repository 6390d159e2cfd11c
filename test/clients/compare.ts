import type { Client, Refusal, Reported, Tenant } from './client';

/** What a run found out about a client, for one tenant. */
export interface Comparison {
  readonly passed: readonly string[];
  /** Operations that were refused as documented. */
  readonly refused: readonly string[];
  /** A line for each difference from what is expected. */
  readonly failed: readonly string[];
}

/** Compares what a client reported with what is expected of it. */
export function compare({ passes, refused = {} }: Client, tenant: Tenant, reported: readonly Reported[]): Comparison {
  const result = { passed: [] as string[], refused: [] as string[], failed: [] as string[] };
  const known = [...passes, ...Object.keys(refused)];
  for (const row of known) {
    const found = reported.find((one) => one.row === row);
    const refusal = refused[row];
    const problem = problemOf(found, refusal && (refusal.only ?? tenant) === tenant ? refusal.by : undefined);
    if (problem !== undefined) result.failed.push(`${row}: ${problem}`);
    else if (found?.ok) result.passed.push(row);
    else result.refused.push(row);
  }
  for (const found of reported) {
    if (known.includes(found.row)) continue;
    const how = problemOf(found, undefined) ?? 'succeeded';
    result.failed.push(`${found.row}: it is not in the list of the client's operations; ${how}`);
  }
  return result;
}

/** A client that keeps nothing else of an error has the parameter in its message. */
function problemOf(found: Reported | undefined, by: Refusal['by'] | undefined): string | undefined {
  if (found === undefined) return 'not reported';
  const { ok, status, param, message = '' } = found;
  if (ok) return by === undefined ? undefined : `succeeded, and a refusal by '${by}' was expected`;
  if (by === undefined) return `failed: ${status ?? ''} ${message}`;
  if (by === status || by === param || message.includes(`'${by}'`)) return undefined;
  return `a refusal by '${by}' was expected, got ${status ?? ''} ${param ?? ''} ${message}`;
}
