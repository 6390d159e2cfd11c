import { isDeepStrictEqual } from 'node:util';
import { attachable, attachedName } from '../../perimeter/organization/attachable';
import type { PerimeterDocument, PerimeterStatement, PolicyDocument } from '../../perimeter/organization/document';
import { type FoundStatement, loosenedIn } from '../../perimeter/organization/loosened';
import type { FoundBoundary, FoundPolicy, OrganizationState } from './organization-state';

/** How an organization falls short of a required document. */
export interface Difference {
  readonly kind: 'missing' | 'loosened' | 'not-attached' | 'disabled';
  /** The required document, such as `scp-1`. */
  readonly document: string;
  /** The statement; none if the difference is about the document. */
  readonly sid?: string;
  readonly found: string;
  readonly fix: string;
}

/**
 * What a perimeter requires and an organization doesn't have. Each statement is looked for by its `Sid` in every policy, so it doesn't matter
 * how statements are divided into policies or what those are called. Further statements are no difference: they can only refuse more.
 */
export function policyDiff(documents: readonly PerimeterDocument[], state: OrganizationState): Difference[] {
  const { boundary } = state;
  const all = state.policies.map((policy): ReadPolicy => ({ ...policy, statements: statementsOf(policy.content) }));
  return [
    ...disabled(documents, state),
    ...attachable(documents).flatMap(({ document, type }) => {
      const policies = all.filter((policy) => policy.type === type);
      return 'Statement' in document.content
        ? statements(document as PolicyDocument, policies, state)
        : whole(document, policies, state);
    }),
    ...(boundary === undefined
      ? []
      : documents.flatMap((document) =>
          document.kind === 'permissions-boundary' ? ofBoundary(document, boundary) : [],
        )),
  ];
}

/** A policy with its statements, which are compared with each of the required ones. */
interface ReadPolicy extends FoundPolicy {
  readonly statements: readonly FoundStatement[];
}

function disabled(documents: readonly PerimeterDocument[], { enabledTypes }: OrganizationState): Difference[] {
  const types = new Map(attachable(documents).map(({ document, type }) => [type, document.name]));
  return [...types]
    .filter(([type]) => !enabledTypes.includes(type))
    .map(([type, document]) => ({
      kind: 'disabled',
      document,
      found: `the type ${type} isn't enabled in the root, so none of its policies applies`,
      fix: `aws organizations enable-policy-type --policy-type ${type} --root-id <the root's ID>`,
    }));
}

function statements(document: PolicyDocument, policies: readonly ReadPolicy[], state: OrganizationState): Difference[] {
  const own = document.content.Statement.map((required) => statement(document, required, policies, state));
  const found = own.filter((one) => one !== undefined);
  const [first] = found;
  // A document that isn't there at all is one difference.
  if (
    first &&
    first.kind !== 'loosened' &&
    found.length === own.length &&
    found.every(({ kind, found: text }) => kind === first.kind && text === first.found)
  ) {
    const { sid, ...rest } = first;
    return [rest];
  }
  return found;
}

function statement(
  document: PolicyDocument,
  required: PerimeterStatement,
  policies: readonly ReadPolicy[],
  state: OrganizationState,
): Difference | undefined {
  const where = { document: document.name, sid: required.Sid };
  const having = policies.flatMap((policy) =>
    policy.statements.flatMap((found) => (found.Sid === required.Sid ? [{ policy, found }] : [])),
  );
  if (having.length === 0)
    return { kind: 'missing', ...where, found: 'no policy of the organization has it', fix: replace(document) };
  const strict = having.filter(({ found }) => loosenedIn(required, found).length === 0);
  if (strict.length === 0) {
    const all = having.map(({ policy, found }) => `in ${named(policy)}, ${loosenedIn(required, found).join('; ')}`);
    return { kind: 'loosened', ...where, found: all.join('. '), fix: replace(document) };
  }
  return attachment(
    document,
    strict.map(({ policy }) => policy),
    where,
    state,
  );
}

/** A management policy isn't in IAM's language, so it must be as required. */
function whole(document: PerimeterDocument, policies: readonly FoundPolicy[], state: OrganizationState): Difference[] {
  const where = { document: document.name };
  const equal = policies.filter(({ content }) => isDeepStrictEqual(parsed(content), document.content));
  if (equal.length === 0) {
    const same = policies.find(({ name }) => name === attachedName(document));
    return same === undefined
      ? [{ kind: 'missing', ...where, found: 'no policy of the organization has its content', fix: replace(document) }]
      : [{ kind: 'loosened', ...where, found: `${named(same)} has other content`, fix: replace(document) }];
  }
  return [attachment(document, equal, where, state), ...overriding(document, policies, equal, state)].filter(
    (one) => one !== undefined,
  );
}

/**
 * Other policies of the type that apply too. Organizations merges them from the root down, and the required policy lets none below it change
 * anything, so those count that are attached to the same target or above it, or where the required one isn't.
 */
function overriding(
  document: PerimeterDocument,
  policies: readonly FoundPolicy[],
  equal: readonly FoundPolicy[],
  { path }: OrganizationState,
): Difference[] {
  // Without a target, nothing shows what is above what.
  const required = equal.flatMap(({ targets }) => targets);
  const below = path?.slice(
    0,
    path.findLastIndex((target) => required.includes(target)),
  );
  const applies = (target: string) => path === undefined || (path.includes(target) && !below?.includes(target));
  return policies.flatMap((policy) => {
    const attached = policy.targets.filter(applies);
    const [first] = attached;
    if (first === undefined || equal.includes(policy) || !mayLoosen(document, policy)) return [];
    return {
      kind: 'loosened',
      document: document.name,
      found: `${named(policy)} is attached to ${attached.join(', ')} and can decide instead, unless '${document.name}' is attached above it`,
      fix: `move what it is for into the required policies, then: aws organizations detach-policy --policy-id ${policy.id} --target-id ${first}`,
    };
  });
}

/** Any other policy of Bedrock may name another guardrail; one of AI services only matters if it opts in. */
const mayLoosen = ({ kind }: PerimeterDocument, { content }: FoundPolicy) =>
  kind === 'bedrock-policy' || /"optIn"/i.test(content);

function attachment(
  document: PerimeterDocument,
  policies: readonly FoundPolicy[],
  where: Pick<Difference, 'document' | 'sid'>,
  { path }: OrganizationState,
): Difference | undefined {
  const isAttached = ({ targets }: FoundPolicy) =>
    path === undefined ? targets.length > 0 : targets.some((target) => path.includes(target));
  if (policies.some(isAttached)) return undefined;
  const [policy] = policies as readonly [FoundPolicy];
  const elsewhere = policy.targets.length === 0 ? 'nothing' : policy.targets.join(', ');
  const target = path?.[0] ?? '<target>';
  return {
    kind: 'not-attached',
    ...where,
    found:
      path === undefined
        ? `${named(policy)} is attached to nothing`
        : `${named(policy)} is attached to ${elsewhere}, and not to ${target} or anything above it`,
    fix: `try '${document.name}' on a test unit, then: aws organizations attach-policy --policy-id ${policy.id} --target-id ${target}`,
  };
}

function ofBoundary(document: PolicyDocument, { account, name, content }: FoundBoundary): Difference[] {
  const where = { document: document.name };
  const fix = `deploy the stack of the perimeter in account ${account}, which has the policy '${name}'`;
  if (content === undefined)
    return [{ kind: 'missing', ...where, found: `account ${account} has no policy '${name}'`, fix }];
  const found = statementsOf(content);
  const required = document.content.Statement;
  const lost = required.flatMap((one): Difference[] => {
    const same = found.filter(({ Sid }) => Sid === one.Sid);
    const text =
      same.length === 0 ? "the account's policy lacks it" : same.flatMap((other) => loosenedIn(one, other)).join('; ');
    return text === ''
      ? []
      : [{ kind: same.length === 0 ? 'missing' : 'loosened', ...where, sid: one.Sid, found: text, fix }];
  });
  // Each further permission widens a boundary, whatever the others deny less.
  const wider = found.filter(({ Effect, Sid }) => Effect !== 'Deny' && !required.some((one) => one.Sid === Sid));
  return [
    ...lost,
    ...wider.map(
      ({ Sid }): Difference => ({
        kind: 'loosened',
        ...where,
        found: `the account's policy allows more, by ${Sid === undefined ? 'a statement without Sid' : `'${Sid}'`}`,
        fix,
      }),
    ),
  ];
}

const named = ({ name, id }: FoundPolicy) => `'${name}' (${id})`;
const replace = ({ name }: PerimeterDocument) =>
  `replace the policy's content by ${name}.json, which 'eu-residency policies' writes, and try it on a test unit first`;

function statementsOf(content: string): FoundStatement[] {
  const { Statement = [] } = (parsed(content) ?? {}) as { readonly Statement?: FoundStatement | FoundStatement[] };
  return [Statement].flat().filter((one) => typeof one === 'object' && one !== null);
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
