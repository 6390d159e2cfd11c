import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import { isInZone } from '../../boundary/domain-name';
import type { Problem } from '../read/problem';
import type { Check, Subject } from './check';

/** The domain's certificate is one that a regional domain of the primary Region takes, and its name is in its zone. */
export const checkDomain: Check = (subject) => [...certificateProblems(subject), ...zoneProblems(subject)];

/** Certificates of this Region are those of edge-optimised domains, so it is what people have. */
const EDGE_REGION = 'us-east-1';

function certificateProblems({ draft, boundary, primary }: Subject): Problem[] {
  const certificate = draft.domain?.certificate;
  const arn = certificate === undefined ? undefined : parseArn(certificate);
  if (certificate === undefined || arn === undefined || boundary === undefined || primary === undefined) return [];
  const problem = (text: string): Problem[] => [
    { path: ['domain', 'certificate'], text: `found '${certificate}', ${text}` },
  ];
  if (arn.region === EDGE_REGION) {
    return problem(
      `which is for edge-optimised domains: requests would enter by CloudFront, anywhere in the world; request one in '${primary}'`,
    );
  }
  if (arn.region !== primary) {
    return problem(
      `which is in '${arn.region}', and a regional domain takes a certificate of its own Region only; request one in '${primary}'`,
    );
  }
  const decision = decideArn(boundary, certificate);
  if (!decision.inside) return problem(`but ${decision.detail}; request one in '${primary}'`);
  if (draft.account !== undefined && arn.account !== draft.account) {
    return problem(
      `which belongs to account ${arn.account}, but everything is deployed to ${draft.account}; request one there`,
    );
  }
  return [];
}

function zoneProblems({ draft }: Subject): Problem[] {
  const { name, hostedZone } = draft.domain ?? {};
  const zone = hostedZone?.name;
  if (name === undefined || zone === undefined || isInZone(name, zone)) return [];
  const text =
    `found '${zone}', in which '${name}' can have no record; name the zone that it is in, or leave 'hostedZone' out and set a ` +
    'CNAME record yourself';
  return [{ path: ['domain', 'hostedZone', 'name'], text }];
}
