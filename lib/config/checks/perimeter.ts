import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import { nameMistakes } from '../../perimeter/organization/named-roles';
import { present, valueAt } from '../read/draft';
import type { Path } from '../read/problem';
import type { Check } from './check';

/** What a perimeter names is inside the boundary, and fits together. */
export const checkPerimeter: Check = (subject) => [...checkGuardrails(subject), ...checkNames(subject)];

/** Roles and deployments have names that fit together, and the management account has roles to assume. */
const checkNames: Check = ({ draft, raw }) => {
  if (draft.perimeter === undefined) return [];
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
  const deployRoles = present(draft.perimeter?.deployRoles);
  const own: { path: Path; name: string }[] = draft.name === undefined ? [] : [{ path: ['name'], name: draft.name }];
  const others = present(draft.perimeter?.deployments);
  const deployments = [
    ...own,
    ...others.map(([index, name]) => ({ path: ['perimeter', 'deployments', index] as Path, name })),
  ];
  const paths: Readonly<Record<string, readonly Path[]>> = {
    deployRoles: deployRoles.map(([index]) => ['perimeter', 'deployRoles', index]),
    managementRoles: roles.map(([index]) => ['perimeter', 'managementRoles', index]),
    deployments: deployments.map(({ path }) => path),
  };
  return nameMistakes({
    deployRoles: deployRoles.map(([, name]) => name),
    managementRoles: roles.map(([, name]) => name),
    ...(isGiven && { managementAccount: `${account}` }),
    deployments: deployments.map(({ name }) => name),
  }).map(({ list, index, text }) => ({ path: paths[list]?.[index] ?? ['perimeter', list], text }));
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
