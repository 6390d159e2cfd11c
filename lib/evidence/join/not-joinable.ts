import type { Part } from './read-part';

/** A report with the name by which messages refer to it. */
export interface NamedPart extends Part {
  readonly name: string;
}

/** Why reports can't be joined; none if they can: all have one boundary, version and state of facts, and each an account of its own. */
export function whyNotJoinable(parts: readonly NamedPart[]): string | undefined {
  for (const part of parts) {
    const same = parts.find((other) => other !== part && other.account === part.account);
    if (same !== undefined)
      return `${part.name} and ${same.name} are both reports of the account ${part.account}; name each account once`;
  }
  const [first, ...others] = parts;
  if (first === undefined) return undefined;
  for (const { what, of, fix } of EQUAL) {
    const differing = others.find((other) => of(other) !== of(first));
    if (differing === undefined) continue;
    return `${what} differ: ${first.name} has ${of(first)}, ${differing.name} has ${of(differing)}; ${fix}`;
  }
  return undefined;
}

const WRITE_AGAIN = 'write the older report again with the newer version and facts';

/** What all of them must have in common, because one head states it. */
const EQUAL: readonly { readonly what: string; readonly of: (part: Part) => string; readonly fix: string }[] = [
  {
    what: 'the boundaries',
    of: ({ evidence: { head } }) =>
      `${head.boundary.name} (${head.boundary.countries.join(', ')}: ${head.boundary.regions.join(', ')})`,
    fix: 'a report has one boundary, so join reports of the same one, and hand over the others on their own',
  },
  { what: 'the versions', of: ({ evidence: { head } }) => head.version, fix: WRITE_AGAIN },
  {
    what: 'the facts',
    of: ({ evidence: { head } }) => `${head.facts.release} with the SHA-256 ${head.facts.sha256.slice(0, 12)}`,
    fix: WRITE_AGAIN,
  },
];
