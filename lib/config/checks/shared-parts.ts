import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import { findRegion } from '../../facts/region';
import { valueAt } from '../read/draft';
import type { Problem } from '../read/problem';
import type { Check, Subject } from './check';

/** What belongs to the whole organisation, and so to another account, can serve this deployment. */
export const checkSharedParts: Check = (subject) => [...topicProblems(subject), ...trailProblems(subject)];

function topicProblems({ raw, draft, primary }: Subject): Problem[] {
  const { alerts } = draft;
  if (alerts === undefined || Array.isArray(alerts)) return [];
  const { topic, none } = alerts as { readonly topic?: string; readonly none?: string };
  // An unknown key, and a value of another form, have messages of their own.
  if (topic === undefined && none === undefined && Object.keys(valueAt(raw, ['alerts']) ?? {}).length > 0) return [];
  if ((topic === undefined) === (none === undefined)) {
    const found = topic === undefined ? "neither 'topic' nor 'none'" : "'topic' and 'none'";
    return [{ path: ['alerts'], text: `found ${found}; write '{ topic: <ARN> }' or '{ none: <reason> }'` }];
  }
  const arn = topic === undefined ? undefined : parseArn(topic);
  if (topic === undefined || arn === undefined || primary === undefined) return [];
  const partition = findRegion(primary)?.partition;
  if (arn.region === primary && arn.partition === partition) return [];
  const text =
    `found '${topic}', which is in '${arn.region}' of partition ${arn.partition}, but an alarm publishes only to a topic of its own ` +
    `Region; name a topic in '${primary}' of partition ${partition}`;
  return [{ path: ['alerts', 'topic'], text }];
}

function trailProblems({ raw, draft, boundary, primary }: Subject): Problem[] {
  const { trail } = draft;
  if (trail === undefined) return [];
  const { organization, dataEvents } = trail;
  // A key with a value of another form has a message of its own.
  const isWritten = (key: string) => valueAt(raw, ['trail', key]) !== undefined;
  if (!isWritten('organization') && !isWritten('dataEvents')) {
    return [
      {
        path: ['trail'],
        text: "found neither 'dataEvents' nor 'organization'; set one of them, or remove 'trail' for the default",
      },
    ];
  }
  if (organization === undefined || boundary === undefined || primary === undefined) return [];
  if (dataEvents !== undefined) {
    const text = `found '${dataEvents}', but the organisation's trail records this account, and the deployment makes none; remove 'dataEvents'`;
    return [{ path: ['trail', 'dataEvents'], text }];
  }
  const problem = (why: string): Problem[] => [
    {
      path: ['trail', 'organization'],
      text: `found '${organization}', but ${why}; name the trail of the organisation that records this account`,
    },
  ];
  const decision = decideArn(boundary, organization);
  if (!decision.inside) return problem(decision.detail);
  const [found, own] = [parseArn(organization)?.partition, findRegion(primary)?.partition];
  return found === own ? [] : problem(`it is in partition ${found}, and the deployment is in partition ${own}`);
}
