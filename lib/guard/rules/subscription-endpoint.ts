import { checkHost } from '../places/check-host';
import type { ResourceRule } from '../rule/rule';
import { knownText, type Resource } from '../template/resource';

export const subscriptionEndpoint: ResourceRule = {
  id: 'subscription-endpoint',
  title: 'A topic delivers only to endpoints known to be inside the boundary',
  why: "An HTTP or HTTPS subscription sends every message to a host, and a host's name doesn't reveal its country.",
  fix: "Declare the host under 'places' (host, country, reason), or subscribe a queue or function in the app.",
  source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html',
  appliesTo: ['AWS::SNS::Subscription', 'AWS::SNS::Topic'],

  *check(resource, context) {
    for (const pointer of subscriptions(resource)) {
      const protocols = resource.select(...pointer, 'Protocol').map(({ value }) => knownText(value));
      if (!protocols.some((protocol) => protocol === undefined || /^https?$/.test(protocol))) continue;
      for (const endpoint of resource.select(...pointer, 'Endpoint')) yield* checkHost(endpoint, context);
    }
  },
};

/** Paths to a resource's subscriptions: the resource is one itself, or it lists them. */
const subscriptions = (resource: Resource): string[][] =>
  resource.type === 'AWS::SNS::Subscription'
    ? [[]]
    : resource.select('Subscription', '*').map(({ path }) => path.split('/').slice(2));
