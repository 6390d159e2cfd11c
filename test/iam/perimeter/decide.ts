import type { PolicyDocument } from '@/lib/perimeter/organization/document';
import { ABSENT, AnyValue, type Context } from '../calls/row';
import { evaluate, type Request, type ServiceAction, serviceActions, type Verdict } from '../evaluator/evaluator';
import type { Json } from '../support/physical';
import { keysOf, reaches } from '../support/reached';
import { ACCOUNTS, keysOfOwner, keysOfSender, PRINCIPALS, type Principal } from './principals';
import type { Expected, Row } from './row';
import type { PerimeterSet } from './sets';

/** What decides: the organization's policies, or the permissions boundary alone. */
export type Layer = 'organization' | 'boundary';

/** A row asked of a set of documents, on one resource. */
export interface Question {
  readonly row: Row;
  readonly set: PerimeterSet;
  readonly layer: Layer;
  readonly on: string;
  readonly context: Context;
  /** What AWS's service reference says of its action. */
  readonly service: ServiceAction;
}

export interface Answer {
  readonly isAllowed: boolean;
  /** The names of the perimeter's statements that deny it; unknown for an unlisted ARN. */
  readonly denying?: readonly string[];
  /** Why it couldn't be evaluated, or why its answer isn't to be trusted. */
  readonly problem?: string;
}

/** In each layer, what a row must be. */
export const expectedOf = ({ row, layer }: Question): Expected => row[layer];

/** The name of a question in findings. */
export const nameOf = ({ row, set, layer, on }: Question): string =>
  `${set.name}, ${layer}: ${row.name} (${row.action} on ${on})`;

/** Every question that rows ask of the sets. @throws if the service reference doesn't know an action */
export function questionsOf(rows: readonly Row[], sets: readonly PerimeterSet[]): Question[] {
  const known = serviceActions([...new Set(rows.map(({ action }) => action))]);
  return rows.flatMap((row) => {
    const [service] = known[row.action] ?? [];
    if (service === undefined) throw new Error(`${row.name}: AWS's service reference has no action ${row.action}`);
    return sets
      .filter((set) => row.in?.(set) ?? true)
      .flatMap((set) =>
        resourcesOf(row, service).flatMap((on) => {
          const resource = filled(on, row, set);
          const question = (layer: Layer): Question => ({
            row,
            set,
            layer,
            on: resource,
            service,
            context: contextOf(row, set),
          });
          return row.boundary === 'either'
            ? [question('organization')]
            : [question('organization'), question('boundary')];
        }),
      );
  });
}

const resourcesOf = ({ on }: Row, { hasResource, samples }: ServiceAction): readonly string[] =>
  !hasResource ? ['*'] : on === undefined ? samples : [on];

const filled = (text: string, { region, owner = 'own' }: Row, { scope, primary }: PerimeterSet): string =>
  text
    .replaceAll('{partition}', scope.partition)
    .replaceAll('{region}', region ?? primary)
    .replaceAll('{primary}', primary)
    .replaceAll('{account}', ACCOUNTS[owner]);

function contextOf(row: Row, set: PerimeterSet): Context {
  const { as = 'administrator', via = 'internet', owner = 'own', region } = row;
  const all: Context = {
    ...keysOfSender(PRINCIPALS[as], via),
    ...keysOfOwner(owner),
    'aws:RequestedRegion': region ?? set.primary,
    ...row.context,
  };
  const fill = (value: Context[string]): Context[string] =>
    typeof value === 'string'
      ? filled(value, row, set)
      : Array.isArray(value)
        ? value.map((one) => filled(one, row, set))
        : value;
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, fill(value)]));
}

const ANYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const EVERYTHING = 'everything';
const FOR_ACCOUNT = 'for the account';
const FOR_ANYBODY = 'for anybody';

/**
 * Asks the evaluator in one process.
 *
 * @param documents the documents of a question, if they aren't those of its set
 */
export function decide(
  questions: readonly Question[],
  documents: (question: Question, nth: number) => readonly PolicyDocument[] = ({ set }) => set.documents,
): Answer[] {
  const policies: Record<string, Json> = { [EVERYTHING]: { Version: '2012-10-17', Statement: [ANYTHING] } };
  const names = new Map<PolicyDocument, string>();
  const register = (document: PolicyDocument): string => {
    const name = names.get(document) ?? `${document.name} ${names.size}`;
    names.set(document, name);
    policies[name] = document.content;
    return name;
  };
  const requests = questions.map((question, nth): Request => {
    const of = (kind: PolicyDocument['kind']) =>
      documents(question, nth)
        .filter((one) => one.kind === kind)
        .map(register);
    return requestOf(question, of, policies);
  });
  return evaluate(policies, requests).map((verdict, nth) => {
    const question = questions[nth] as Question;
    return {
      isAllowed: verdict.result === 'Allowed',
      ...(verdict.denying && { denying: verdict.denying }),
      ...problemOf(verdict, question, documents(question, nth)),
    };
  });
}

function requestOf(
  { row, set, layer, on, context }: Question,
  of: (kind: PolicyDocument['kind']) => readonly string[],
  policies: Record<string, Json>,
): Request {
  const { as = 'administrator', owner = 'own', action } = row;
  const sender: Principal = PRINCIPALS[as];
  const isOurs = sender.account === 'own' || sender.account === 'tenant';
  const isSame = sender.account === owner;
  const [boundary] = layer === 'boundary' ? of('permissions-boundary') : [];
  const resourcePolicy = resourcePolicyFor(action, isSame, set, owner, policies);
  return {
    principal: sender.arn.replace('{partition}', set.scope.partition),
    account: ACCOUNTS[owner],
    action,
    resource: on,
    context: Object.fromEntries(
      Object.entries(context).flatMap(([key, value]): [string, string | readonly string[]][] =>
        value === ABSENT ? [] : [[key, value instanceof AnyValue ? value.sample : value]],
      ),
    ),
    identity: sender.account === undefined ? [] : [EVERYTHING],
    ...(resourcePolicy !== undefined && { resourcePolicy }),
    ...(boundary !== undefined && { boundary }),
    ...(row.isUnlisted && { isUnlisted: row.isUnlisted }),
    ...(layer === 'organization' && isOurs && sender.isUnbound !== true && { scps: of('scp') }),
    // The policies of an organization's root protect the resources of its accounts, but for the calls of service-linked roles.
    ...(layer === 'organization' && owner !== 'foreign' && sender !== PRINCIPALS.serviceLinked && { rcps: of('rcp') }),
  };
}

/** A resource lets everybody in, so that only the perimeter decides. In the own account, a key and a role must name the account. */
function resourcePolicyFor(
  action: string,
  isSame: boolean,
  { scope: { partition } }: PerimeterSet,
  owner: Row['owner'] & string,
  policies: Record<string, Json>,
): string | undefined {
  const needs = /^(kms|sts):/.test(action);
  if (isSame && !needs) return undefined;
  const name = isSame ? `${FOR_ACCOUNT} ${owner} ${partition}` : FOR_ANYBODY;
  const Principal = isSame ? { AWS: `arn:${partition}:iam::${ACCOUNTS[owner]}:root` } : '*';
  policies[name] ??= { Version: '2012-10-17', Statement: [{ ...ANYTHING, Principal }] };
  return name;
}

/** A key of a reached statement must be in the row, unless AWS's service reference says that no such request has it. */
function problemOf(
  { error, ignored }: Verdict,
  { row, layer, on, context, service }: Question,
  documents: readonly PolicyDocument[],
): { readonly problem?: string } {
  if (error !== undefined) return { problem: error };
  const asked = documents.filter(({ kind }) => (kind === 'permissions-boundary') === (layer === 'boundary'));
  const keys = asked
    .flatMap(({ content }) => content.Statement)
    .filter((one) => reaches(one, row.action, on))
    .flatMap(keysOf);
  const given = new Map(Object.keys(context).map((key) => [key.toLowerCase(), key]));
  const unset = keys.find((key) => !given.has(key.toLowerCase()) && isCarried(key, service));
  if (unset !== undefined)
    return { problem: `a statement that it reaches has the condition key ${unset}; set it in the row, or ABSENT` };
  const lost = ignored.find((key) => keys.some((one) => one.toLowerCase() === key.toLowerCase()));
  return lost === undefined || row.isGeneral
    ? {}
    : { problem: `the evaluator ignores the condition key ${lost}, which a statement that it reaches has` };
}

/** Whether requests of an action can have a condition key. Every request can have a global one. */
const isCarried = (key: string, { keys }: ServiceAction): boolean =>
  key.startsWith('aws:') ||
  keys.some((one) => one.toLowerCase() === key.toLowerCase() || isFormOf(one.toLowerCase(), key.toLowerCase()));

/** Whether a key has the form of one with a placeholder: `aws:requesttag/${tagkey}`. */
const isFormOf = (form: string, key: string): boolean =>
  form.includes('${') && key.startsWith(form.replace(/\$.*/, ''));

/** What is wrong with answers: a mistake in a row, or a verdict that isn't the expected one. */
export const findingsOf = (questions: readonly Question[], answers: readonly Answer[]): string[] =>
  questions.flatMap((question, nth) => {
    const { isAllowed, denying, problem } = answers[nth] as Answer;
    if (problem !== undefined) return [`${nameOf(question)}: ${problem}`];
    const expected = expectedOf(question);
    if (expected === 'either' || (expected === 'allowed') === isAllowed) return [];
    return [`${nameOf(question)} is ${isAllowed ? 'allowed' : `denied by ${denying?.join(', ') || 'no statement'}`}`];
  });
