import type { ResourceRule } from '../rule/rule';
import { isOn, knownText } from '../template/resource';

export const multiRegionKey: ResourceRule = {
  id: 'multi-region-key',
  title: 'A key stays in its Region',
  why: 'A multi-Region key can be replicated to any Region by one call, and the replica decrypts what the key has encrypted.',
  fix: "Set 'MultiRegion' to false; a second Region gets a key of its own.",
  source: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
  appliesTo: ['AWS::KMS::Key'],

  *check(resource) {
    for (const { path, value } of resource.select('MultiRegion')) {
      if (knownText(value) === undefined)
        yield { path, level: 'unresolved', detail: 'whether the key spans Regions is known only at deploy' };
      else if (isOn(value)) yield { path, value: String(value), detail: 'the key is a multi-Region key' };
    }
  },
};
