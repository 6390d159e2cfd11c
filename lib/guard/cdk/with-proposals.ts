import type { IConstruct } from 'constructs';
import { covers } from '../declarations/declared-exception';
import { blocks, type Finding, type Proposal } from '../finding';
import { hostsIn } from '../places/check-host';
import { type DeclaredPlace, DeclaredPlaces } from '../rule/declared-places';
import { LibraryDeclarations, type LibraryDeclarationsProps } from './library-declarations';
import { proposalProblem } from './proposal-problem';

/** Whether a finding would no longer block if a place were declared. */
export type IsPermitted = (finding: Finding, place: DeclaredPlace) => boolean;

/** Adds to each blocking finding what a library declares for it, which its app's owner hasn't accepted. */
export function withProposals(
  findings: readonly Finding[],
  root: IConstruct,
  isPermitted: IsPermitted,
): readonly Finding[] {
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
      .map(({ declared }) => proposalFor(finding, declared, isPermitted))
      .find((found) => found !== undefined);
    return proposal === undefined ? finding : { ...finding, proposal };
  });
}

/** Whether a construct is another one, or below it. */
export const isWithin = (constructPath: string, scope: string): boolean =>
  scope === '' || constructPath === scope || constructPath.startsWith(`${scope}/`);

function proposalFor(
  finding: Finding,
  declared: LibraryDeclarationsProps,
  isPermitted: IsPermitted,
): Proposal | undefined {
  const { library, exceptions = [], places = [] } = declared;
  const { stack, logicalId } = finding;
  const exception = exceptions.find((row) =>
    covers({ ...row, stack, logicalId, approver: library, expires: '' }, finding),
  );
  if (exception !== undefined) return { library, reason: exception.reason };
  const place = places
    .flatMap((row) => placesOf(finding, row))
    .find((exact) => proposalProblem({ library, places: [exact] }) === undefined && isPermitted(finding, exact));
  return place === undefined ? undefined : { library, reason: place.reason, place };
}

/** The one host, bucket or type of a finding that a library's pattern matches: the owner accepts no others with it. */
function placesOf({ value = '', type = '' }: Finding, row: DeclaredPlace): DeclaredPlace[] {
  const { country, reason } = row;
  const places = new DeclaredPlaces([row]);
  const hosts = hostsIn(value).filter((host) => places.hostCountry(host) !== undefined);
  return [
    ...hosts.map((host) => ({ host, country, reason })),
    ...(places.bucketCountry(value) === undefined ? [] : [{ bucket: value, country, reason }]),
    ...(places.typeCountry(type) === undefined ? [] : [{ type, country, reason }]),
  ];
}
