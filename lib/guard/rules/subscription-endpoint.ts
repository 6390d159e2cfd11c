import { judgeHost } from '../places/judge-host';
import type { ResourceRule } from '../rule/rule';
import { knownText, type Resource } from '../template/resource';

export const subscriptionEndpoint: ResourceRule = {
  id: 'subscription-endpoint',
  title: 'A topic delivers only to endpoints that are known to be inside',
  why: 'A subscription by http or https sends every message to a host, and its name does not say in which country that is.',
  fix: "Declare the host under 'places' (host, country, reason), or subscribe a queue or function of the app.",
  source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html',
  appliesTo: ['AWS::SNS::Subscription', 'AWS::SNS::Topic'],

  *check(resource, context) {
    for (const pointer of subscriptions(resource)) {
      const protocols = resource.select(...pointer, 'Protocol').map(({ value }) => knownText(value));
      if (!protocols.some((protocol) => protocol === undefined || /^https?$/.test(protocol))) continue;
      for (const endpoint of resource.select(...pointer, 'Endpoint')) yield* judgeHost(endpoint, context);
    }
  },
};

/** Where a resource holds subscriptions: it is one, or it lists some. */
const subscriptions = (resource: Resource): string[][] =>
  resource.type === 'AWS::SNS::Subscription'
    ? [[]]
    : resource.select('Subscription', '*').map(({ path }) => path.split('/').slice(2));
