import type { ResourceRule } from '../rule/rule';
import { knownText } from '../template/resource';

export const edgeWebAcl: ResourceRule = {
  id: 'edge-web-acl',
  title: 'A web ACL inspects requests in its Region',
  why: 'A web ACL with scope CLOUDFRONT exists only in us-east-1 and inspects requests at edge locations worldwide.',
  fix: "Set 'Scope' to 'REGIONAL'.",
  source: 'https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html',
  appliesTo: ['AWS::WAFv2::WebACL', 'AWS::WAFv2::IPSet', 'AWS::WAFv2::RegexPatternSet', 'AWS::WAFv2::RuleGroup'],

  *check(resource) {
    for (const { path, value } of resource.select('Scope')) {
      const scope = knownText(value);
      if (scope === undefined)
        yield { path, level: 'unresolved', detail: 'the scope is known only at deployment and may be CLOUDFRONT' };
      else if (scope !== 'REGIONAL') yield { path, value: scope, detail: `the scope is '${scope}'` };
    }
  },
};
