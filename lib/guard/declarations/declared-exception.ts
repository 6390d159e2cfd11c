import type { Finding } from '../finding';
import { isCustomType } from '../rule/declared-places';
import { isCatchAll, matchesParts } from '../rule/glob';
import { isOwnRule } from '../rule/own-rules';
import { stackRegion } from '../rules/stack-region';
import { isMap } from '../template/node';
import type { Json } from '../template/parse';
import { section } from '../template/scope';

/** What an owner lets pass, with the reason. Each part that is given must match; globs are matched part by part. */
export interface DeclaredException {
  /** Id of the rule. */
  readonly rule: string;
  /** Path of the stack, a glob. One of `stack` and `file` is needed. */
  readonly stack?: string;
  /** The template's file, relative to the working folder, a glob. */
  readonly file?: string;
  readonly logicalId?: string;
  readonly type?: string;
  /** JSON pointer from the resource, a glob such as `/Properties/Rules/**`. */
  readonly property?: string;
  /** The value, exactly as the finding shows it. */
  readonly value?: string;
  /** For the rule `stack-region` without logical id: the only types that the stack outside may hold. */
  readonly types?: readonly string[];
  readonly reason: string;
  /** Who allowed it. */
  readonly approver: string;
  /** The last day on which it holds: `2027-06-30`. */
  readonly expires: string;
  /** Where it is written, for messages. */
  readonly declaredAt?: { readonly file: string; readonly line: number };
}

/** What is known of one judged template. */
export interface CheckedStack {
  readonly stack: string;
  readonly file?: string;
  /** Type by logical id. */
  readonly types: ReadonlyMap<string, string>;
}

/** The types of the resources of a template, by logical id. */
export const typesOf = (template: Json): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(section(template, 'Resources')).flatMap(([logicalId, resource]) =>
      isMap(resource) && typeof resource.Type === 'string' ? [[logicalId, resource.Type]] : [],
    ),
  );

/** CDK writes it into each stack to count library versions; nothing is deployed for it. */
export const NO_RESOURCE = 'AWS::CDK::Metadata';

/** Whether an exception is about this stack or file at all. */
export function concerns(row: DeclaredException, { stack, file }: { stack?: string; file?: string }): boolean {
  if (row.stack === undefined && row.file === undefined) return false;
  const fits = (glob: string | undefined, name = '') =>
    glob === undefined || matchesParts(plain(glob), plain(name), '/');
  return fits(row.stack, stack) && fits(row.file, file);
}

/** Whether an exception lets this finding pass. Nothing lets a finding of the guard about itself pass. */
export function covers(row: DeclaredException, finding: Finding): boolean {
  if (row.rule !== finding.rule || isOwnRule(finding.rule) || !concerns(row, finding)) return false;
  if (isAllowance(row)) return finding.rule === stackRegion.id && finding.logicalId === undefined;
  // The name of a custom type is free text, so only one resource of one stack can be meant.
  if (isCustomType(finding.type ?? '') && !namesOneResource(row)) return false;
  return (
    is(row.logicalId, finding.logicalId) &&
    is(row.type, finding.type) &&
    is(row.value, finding.value) &&
    (row.property === undefined || matchesParts(row.property, finding.path ?? '', '/'))
  );
}

/** Whether an exception is for a whole stack outside, with a list of what it may hold. */
export const isAllowance = (row: DeclaredException): boolean =>
  row.rule === stackRegion.id && row.types !== undefined && row.logicalId === undefined;

/** The resources of a stack outside that its exception doesn't list, as logical id and type. */
export function notListed(row: DeclaredException, stack: CheckedStack): [string, string][] {
  return [...stack.types].filter(
    ([, type]) => type !== NO_RESOURCE && (isCustomType(type) || !row.types?.includes(type)),
  );
}

/** Whether it names one resource of one stack or file. */
export const namesOneResource = (row: DeclaredException): boolean =>
  row.logicalId !== undefined && !isCatchAll(row.stack ?? row.file ?? '');

/** What an exception lacks to be one: the parts without which nobody answers for it. */
export function missingParts(row: DeclaredException): string[] {
  const parts = (['reason', 'approver', 'expires'] as const).filter((part) => !row[part]?.trim());
  const place = row.stack === undefined && row.file === undefined ? ["'stack' or 'file'"] : [];
  const what = row.rule === stackRegion.id && row.types === undefined && row.logicalId === undefined ? ["'types'"] : [];
  const one =
    isCustomType(row.type ?? '') && !namesOneResource(row) ? ["one 'logicalId' in a named stack or file"] : [];
  const somewhere = row.stack ?? row.file;
  const anything = [row.logicalId, row.type, row.value, row.types].every((part) => part === undefined);
  const narrow =
    somewhere !== undefined && isCatchAll(somewhere) && anything
      ? ["'logicalId', 'type' or 'value', as it is for every stack"]
      : [];
  return [...parts.map((part) => `'${part}'`), ...place, ...what, ...one, ...narrow];
}

/** Whether the last day of an exception has passed. */
export const isExpired = (expires: string, now: Date): boolean => now.toISOString().slice(0, 10) > expires;

const is = (wanted: string | undefined, found: string | undefined) => wanted === undefined || wanted === found;
const plain = (name: string) => name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
