import type { Finding } from '../finding';
import { isCustomType } from '../rule/declared-places';
import { isCatchAll, matchesParts } from '../rule/glob';
import { isMetaRule } from '../rule/meta-rules';
import { stackRegion } from '../rules/stack-region';
import { isMap } from '../template/node';
import type { Json } from '../template/parse';
import { section } from '../template/scope';

/** An approved exception, with its reason. Each field that is set must match; globs are matched part by part. */
export interface DeclaredException {
  /** Id of the rule. */
  readonly rule: string;
  /** Path of the stack, a glob. `stack` or `file` is required. */
  readonly stack?: string;
  /** The template's file, relative to the working folder, a glob. */
  readonly file?: string;
  readonly logicalId?: string;
  readonly type?: string;
  /** JSON pointer from the resource, a glob such as `/Properties/Rules/**`. */
  readonly property?: string;
  /** The value, exactly as the finding shows it. */
  readonly value?: string;
  /** For the rule `stack-region` without a logical id: the only types permitted in the stack outside the boundary. */
  readonly types?: readonly string[];
  readonly reason: string;
  /** The person who approved it. */
  readonly approver: string;
  /** The expiry date, the last day on which it applies: `2027-06-30`. */
  readonly expires: string;
  /** Its position in a file, for messages. */
  readonly declaredAt?: { readonly file: string; readonly line: number };
}

/** The expiry date of an exception that follows from what `residency.yaml` accepts: it applies for as long as the file accepts it. */
export const NO_END = '9999-12-31';

/** Until when an exception applies, in words. */
export const until = ({ expires }: Pick<DeclaredException, 'expires'>): string =>
  expires === NO_END ? 'for as long as residency.yaml states it' : `until ${expires}`;

/** One checked template. */
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

/** Whether an exception applies to this stack or file at all. */
export function concerns(row: DeclaredException, { stack, file }: { stack?: string; file?: string }): boolean {
  if (row.stack === undefined && row.file === undefined) return false;
  const fits = (glob: string | undefined, name = '') =>
    glob === undefined || matchesParts(plain(glob), plain(name), '/');
  return fits(row.stack, stack) && fits(row.file, file);
}

/** Whether an exception permits this finding. No exception permits a finding about the guard itself. */
export function covers(row: DeclaredException, finding: Finding): boolean {
  if (row.rule !== finding.rule || isMetaRule(finding.rule) || !concerns(row, finding)) return false;
  if (isAllowance(row)) return finding.rule === stackRegion.id && finding.logicalId === undefined;
  // A custom type's name is free text, so an exception must name one resource of one stack.
  if (isCustomType(finding.type ?? '') && !namesOneResource(row)) return false;
  return (
    is(row.logicalId, finding.logicalId) &&
    is(row.type, finding.type) &&
    is(row.value, finding.value) &&
    (row.property === undefined || matchesParts(row.property, finding.path ?? '', '/'))
  );
}

/** Whether an exception permits a whole stack outside the boundary, with a list of permitted types. */
export const isAllowance = (row: DeclaredException): boolean =>
  row.rule === stackRegion.id && row.types !== undefined && row.logicalId === undefined;

/** The logical ids and types of resources that the exception for a stack outside the boundary doesn't list. */
export function notListed(row: DeclaredException, stack: CheckedStack): [string, string][] {
  return [...stack.types].filter(
    ([, type]) => type !== NO_RESOURCE && (isCustomType(type) || !row.types?.includes(type)),
  );
}

/** Whether an exception names one resource in one stack or file. */
export const namesOneResource = (row: DeclaredException): boolean =>
  row.logicalId !== undefined && !isCatchAll(row.stack ?? row.file ?? '');

/** The required fields that an exception lacks. */
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
      ? ["'logicalId', 'type' or 'value', because it applies to every stack"]
      : [];
  return [...parts.map((part) => `'${part}'`), ...place, ...what, ...one, ...narrow];
}

/** Whether an expiry date has passed. */
export const isExpired = (expires: string, now: Date): boolean => now.toISOString().slice(0, 10) > expires;

const is = (expected: string | undefined, actual: string | undefined) => expected === undefined || expected === actual;
const plain = (name: string) => name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
