import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import { present, valueAt } from '../read/draft';
import type { Check } from './check';

const CONTROL_TOWER = 'AWSControlTowerExecution';

/** What a perimeter names is inside the boundary, and fits together. */
export const checkPerimeter: Check = (subject) => [...checkGuardrails(subject), ...checkManagement(subject)];

/** Control Tower assumes its role from the management account, which must be known so that no other account can. */
const checkManagement: Check = ({ draft, raw }) => {
  const roles = present(draft.perimeter?.managementRoles);
  const account = draft.perimeter?.managementAccount;
  // An account that isn't one is reported already.
  const isGiven = valueAt(raw, ['perimeter', 'managementAccount']) !== undefined;
  if (account !== undefined && roles.length === 0) {
    return [
      {
        path: ['perimeter', 'managementAccount'],
        text: `found '${account}' without 'managementRoles', so nothing uses it: add the roles that it assumes, or remove it`,
      },
    ];
  }
  const assumed = roles.find(([, name]) => name === CONTROL_TOWER);
  return isGiven || assumed === undefined
    ? []
    : [
        {
          path: ['perimeter', 'managementRoles', assumed[0]],
          text: `found '${CONTROL_TOWER}', which is assumed from the management account; add its ID as 'managementAccount', otherwise the policies deny this`,
        },
      ];
};

/** The guardrails of the organization are inside the boundary, and each Region has one: AWS enforces a guardrail in its own Region only. */
const checkGuardrails: Check = ({ draft, boundary }) => {
  const guardrails = present(draft.perimeter?.guardrails);
  const places = guardrails.map(([, arn]) => parseArn(arn)).map((arn) => `${arn?.partition}:${arn?.region}`);
  return guardrails.flatMap(([index, arn], nth) => {
    const path = ['perimeter', 'guardrails', index];
    const place = boundary && decideArn(boundary, arn);
    if (place?.inside === false) return [{ path, text: place.detail }];
    return places.indexOf(places[nth] as string) < nth
      ? [
          {
            path,
            text: `found a second guardrail of ${parseArn(arn)?.region}; AWS enforces one in each Region: remove one`,
          },
        ]
      : [];
  });
};
