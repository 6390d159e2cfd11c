import { decideRegion } from '../../boundary/region';
import type { ResourceRule } from '../rule/rule';

/** The only Region in which an instance of Frankfurt can have its replica; no other Region of the EU has the feature. */
const REPLICA = 'eu-west-2';

export const contactDistribution: ResourceRule = {
  id: 'contact-distribution',
  title: 'Contacts stay in the Region of their Amazon Connect instance',
  why: 'A traffic distribution group sends contacts to a replica of the instance, and an instance in Frankfurt can have its replica only in London.',
  fix: 'Remove the traffic distribution group, and give phone numbers to the instance itself.',
  source: 'https://docs.aws.amazon.com/connect/latest/adminguide/setup-connect-global-resiliency.html',
  appliesTo: ['AWS::Connect::TrafficDistributionGroup'],

  *check({ type }, { boundary }) {
    const decision = decideRegion(boundary, REPLICA);
    if (decision.inside) return;
    const detail = `contacts are sent to a replica of the instance: ${decision.detail}`;
    yield { path: '/Properties/InstanceArn', value: type, place: decision.place, detail };
  },
};
