import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import { isInZone } from '../../boundary/domain-name';
import type { Problem } from '../read/problem';
import type { Check, Subject } from './check';

/** A regional domain in the primary Region accepts the certificate, and the zone contains the name. */
export const checkDomain: Check = (subject) => [...certificateProblems(subject), ...zoneProblems(subject)];

/** Edge-optimised domains need a certificate in this Region, so many organisations have one there. */
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
      `which is for edge-optimised domains: requests would enter through CloudFront, anywhere in the world; request one in '${primary}'`,
    );
  }
  if (arn.region !== primary) {
    return problem(
      `which is in '${arn.region}', but a regional domain needs a certificate in its own Region; request one in '${primary}'`,
    );
  }
  const decision = decideArn(boundary, certificate);
  if (!decision.inside) return problem(`but ${decision.detail}; request one in '${primary}'`);
  if (draft.account !== undefined && arn.account !== draft.account) {
    return problem(
      `which belongs to account ${arn.account}, but the deployment is in ${draft.account}; request one there`,
    );
  }
  return [];
}

function zoneProblems({ draft }: Subject): Problem[] {
  const { name, hostedZone } = draft.domain ?? {};
  const zone = hostedZone?.name;
  if (name === undefined || zone === undefined || isInZone(name, zone)) return [];
  const text =
    `found '${zone}', which can't contain a record of '${name}'; use the zone that contains it, or remove 'hostedZone' and create a ` +
    'CNAME record yourself';
  return [{ path: ['domain', 'hostedZone', 'name'], text }];
}
