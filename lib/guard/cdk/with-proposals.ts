import type { IConstruct } from 'constructs';
import { covers } from '../declarations/declared-exception';
import { blocks, type Finding, type Proposal } from '../finding';
import { hostsIn } from '../places/check-host';
import { type DeclaredPlace, DeclaredPlaces } from '../rule/declared-places';
import { LibraryDeclarations, type LibraryDeclarationsProps } from './library-declarations';

/** Adds to each blocking finding what a library declares for it, which its app's owner hasn't accepted. */
export function withProposals(findings: readonly Finding[], root: IConstruct): readonly Finding[] {
  if (!findings.some(blocks)) return findings;
  // The innermost construct knows best why its resource is as it is.
  const proposing = root.node
    .findAll()
    .flatMap((scope) => LibraryDeclarations._of(scope).map((declared) => ({ path: scope.node.path, declared })))
    .reverse();
  return findings.map((finding) => {
    if (!blocks(finding)) return finding;
    const proposal = proposing
      .filter(({ path }) => isWithin(finding.constructPath ?? '', path))
      .map(({ declared }) => proposalFor(finding, declared))
      .find((found) => found !== undefined);
    return proposal === undefined ? finding : { ...finding, proposal };
  });
}

/** Whether a construct is another one, or below it. */
export const isWithin = (constructPath: string, scope: string): boolean =>
  scope === '' || constructPath === scope || constructPath.startsWith(`${scope}/`);

function proposalFor(finding: Finding, declared: LibraryDeclarationsProps): Proposal | undefined {
  const { library, exceptions = [], places = [] } = declared;
  const { stack, logicalId } = finding;
  const exception = exceptions.find((row) =>
    covers({ ...row, stack, logicalId, approver: library, expires: '' }, finding),
  );
  if (exception !== undefined) return { library, reason: exception.reason };
  const place = places.find((row) => explains(row, finding));
  return place === undefined ? undefined : { library, reason: place.reason, place };
}

/** Whether a finding is about a place. */
function explains(place: DeclaredPlace, { value = '', type = '' }: Finding): boolean {
  const places = new DeclaredPlaces([place]);
  const named = [...hostsIn(value).map((host) => places.hostCountry(host)), places.bucketCountry(value)];
  return [...named, places.typeCountry(type)].some((country) => country !== undefined);
}
