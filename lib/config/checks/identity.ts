import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideUrl } from '../../boundary/url';
import { DeclaredPlaces } from '../../guard/rule/declared-places';
import { readSamlMetadata } from '../model/saml-metadata';
import { type Draft, type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { ResidencyFile } from '../schema/schema';
import type { Check, Subject } from './check';

type Identity = Partly<NonNullable<NonNullable<ResidencyFile['workspaces']>[number]['identity']>>;

/** Members sign in inside the boundary, and each identity provider's groups have a role. */
export const checkIdentities: Check = (subject) => [
  ...present(subject.draft.identity?.shared).flatMap(([index, shared]) => {
    const at: Path = ['identity', 'shared', index];
    return [...samlProblems(subject, shared, at), ...oidcProblems(subject, shared, at)];
  }),
  ...repeatedPools(subject.draft),
  ...present(subject.draft.workspaces).flatMap(([index, { identity }]) => {
    if (identity === undefined) return [];
    const at: Path = ['workspaces', index, 'identity'];
    return [
      ...sharedProblems(subject.draft, identity, at),
      ...groupsProblems(identity, at),
      ...samlProblems(subject, identity, at),
      ...oidcProblems(subject, identity, at),
    ];
  }),
];

const poolIds = (draft: Draft) => present(draft.identity?.shared).map(([index, { id }]) => [index, id] as const);

function repeatedPools(draft: Draft): Problem[] {
  const ids = poolIds(draft);
  return ids
    .filter(([, id], index) => id !== undefined && ids.findIndex(([, other]) => other === id) < index)
    .map(([index, id]) => ({
      path: ['identity', 'shared', index, 'id'],
      text: `found '${id}' a second time; give each shared pool its own id`,
    }));
}

/** A workspace names an existing shared pool. The attribute that holds the groups is set there, once. */
function sharedProblems(draft: Draft, { shared, groups }: Identity, at: Path): Problem[] {
  if (shared === undefined) return [];
  const ids = (draft.identity?.shared ?? []).map((pool) => pool?.id);
  // A pool without a valid id may be the one that is meant.
  const isKnown = ids.includes(shared) || ids.includes(undefined);
  const allowed = ids.length === 0 ? 'an id from identity.shared, which has none' : ids.join(', ');
  const unknown = {
    path: [...at, 'shared'],
    text: `found '${shared}', which isn't a shared pool of this file; allowed: ${allowed}`,
  };
  const attribute = {
    path: [...at, 'groups', 'attribute'],
    text: "applies to all workspaces of a shared pool; set it once, as 'attribute' of that pool in identity.shared",
    atKey: true,
  };
  return [...(isKnown ? [] : [unknown]), ...(groups?.attribute === undefined ? [] : [attribute])];
}

function groupsProblems({ saml, oidc, shared, groups }: Identity, at: Path): Problem[] {
  const isFederated = saml !== undefined || oidc !== undefined || shared !== undefined;
  const { attribute: _, ...roles } = groups ?? {};
  const hasRole = Object.values(roles).some((list) => list !== undefined);
  if (isFederated && !hasRole) {
    const text =
      "is missing; allowed: the provider's groups for each role, such as { member: [chat-users] }; without any, all users would be denied";
    return [{ path: [...at, 'groups'], text }];
  }
  if (isFederated || groups === undefined) return [];
  const text =
    "belongs to 'saml', 'oidc' or 'shared'; remove it: users of the workspace's own pool are added to its groups ID-member, ID-admin and ID-auditor, where ID is the workspace's id";
  return [{ path: [...at, 'groups'], text, atKey: true }];
}

function samlProblems({ directory, draft, boundary }: Subject, { saml }: Pick<Identity, 'saml'>, at: Path): Problem[] {
  if (saml === undefined) return [];
  const problem = (text: string): Problem[] => [{ path: [...at, 'saml'], text: `found '${saml}', ${text}` }];
  if (/^[a-z]+:\/\//i.test(saml)) {
    return problem(
      'which is a URL that Cognito would fetch repeatedly; download the metadata, and enter the path of the file',
    );
  }
  let text: string;
  try {
    text = readFileSync(path.resolve(directory, saml), 'utf8');
  } catch {
    return problem('but there is no such file; the path is relative to the directory of this file');
  }
  try {
    const { signInUrls } = readSamlMetadata(text);
    return signInUrls.flatMap((url) =>
      problem(`in which the sign-in URL is ${url}, but `).flatMap((one) => outside(boundary, draft, url, one)),
    );
  } catch (error) {
    return problem(`which ${(error as Error).message}`);
  }
}

function oidcProblems({ draft, boundary }: Subject, { oidc }: Pick<Identity, 'oidc'>, at: Path): Problem[] {
  const issuer = oidc?.issuer;
  if (issuer === undefined) return [];
  return outside(boundary, draft, issuer, { path: [...at, 'oidc', 'issuer'], text: `found '${issuer}', but ` });
}

/** Why a URL isn't inside the boundary; none where it is, by the facts or by declaration. */
function outside(boundary: ResidencyBoundary | undefined, draft: Draft, url: string, problem: Problem): Problem[] {
  if (boundary === undefined) return [];
  if (!url.startsWith('https://')) return [{ ...problem, text: `${problem.text}it isn't an https:// URL` }];
  const decision = decideUrl(boundary, url);
  if (decision.inside) return [];
  const places = present(draft.places).map(([, row]) => ({ ...row, country: row.country ?? '', reason: '' }));
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const country = new DeclaredPlaces(places).hostCountry(host);
  if (country !== undefined && boundary.containsCountry(country)) return [];
  const why =
    country === undefined
      ? `${decision.detail}; declare its country: places: [{ host: ${host}, country: DE, reason: ... }]`
      : `'places' declares that '${host}' is in ${country}, outside ${boundary.label}; use a provider inside the boundary`;
  return [{ ...problem, text: `${problem.text}${why}` }];
}
