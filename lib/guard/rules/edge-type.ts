import { typesOf } from '../../facts/resource-class';
import type { ResourceRule } from '../rule/rule';
import { decidedCondition } from '../template/condition';
import { isMap } from '../template/node';
import { type Scope, section } from '../template/scope';

/** Types that do nothing without a distribution. */
const OF_DISTRIBUTION =
  /^AWS::CloudFront::(?:CachePolicy|CloudFrontOriginAccessIdentity|FieldLevelEncryption\w+|Function|KeyGroup|KeyValueStore|MonitoringSubscription|OriginAccessControl|OriginRequestPolicy|PublicKey|RealtimeLogConfig|ResponseHeadersPolicy)$/;

export const edgeType: ResourceRule = {
  id: 'edge-type',
  title: "Edge locations don't serve, cache or process data",
  why: "It receives, caches or processes data at edge locations on several continents; a price class doesn't limit it to the EU.",
  fix: 'Use a regional endpoint, or add an exception with a reason: public assets may be served from the edge.',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html',
  appliesTo: typesOf('edge'),

  *check({ type }, { scope }) {
    const detail = `'${type}' runs at edge locations worldwide`;
    const distribution = OF_DISTRIBUTION.test(type) ? distributionIn(scope) : undefined;
    if (distribution === undefined) yield { path: '/Type', value: type, detail };
    else {
      const of = `${detail} as part of a distribution, and '${distribution}' is reported`;
      yield {
        path: '/Type',
        value: type,
        level: 'info',
        detail: of,
        fix: `No action is needed beyond that for '${distribution}'.`,
      };
    }
  },
};

const known = new WeakMap<Scope, string | undefined>();

/** A distribution that the template may create. */
function distributionIn(scope: Scope): string | undefined {
  if (!known.has(scope)) known.set(scope, firstDistribution(scope));
  return known.get(scope);
}

const firstDistribution = (scope: Scope) =>
  Object.entries(section(scope.template, 'Resources')).find(
    ([, resource]) =>
      isMap(resource) &&
      resource.Type === 'AWS::CloudFront::Distribution' &&
      (typeof resource.Condition !== 'string' || decidedCondition(resource.Condition, scope) !== false),
  )?.[0];
