import type { ResourceRule } from '../rule/rule';
import { isOn, knownText } from '../template/resource';

export const multiRegionKey: ResourceRule = {
  id: 'multi-region-key',
  title: 'A key stays in its Region',
  why: 'One call can replicate a multi-Region key to any Region, and the replica decrypts everything that the key has encrypted.',
  fix: "Set 'MultiRegion' to false; give a second Region its own key.",
  source: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
  appliesTo: ['AWS::KMS::Key'],

  *check(resource) {
    for (const { path, value } of resource.select('MultiRegion')) {
      if (knownText(value) === undefined)
        yield {
          path,
          level: 'unresolved',
          detail: 'whether the key is a multi-Region key is known only at deployment',
        };
      else if (isOn(value)) yield { path, value: String(value), detail: 'the key is a multi-Region key' };
    }
  },
};
