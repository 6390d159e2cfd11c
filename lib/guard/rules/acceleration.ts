import type { ResourceRule } from '../rule/rule';
import { isOn, knownText } from '../template/resource';

/** The property that routes each type's traffic through edge locations. */
const SWITCH: Record<string, string[]> = {
  'AWS::S3::Bucket': ['AccelerateConfiguration', 'AccelerationStatus'],
  'AWS::EC2::VPNConnection': ['EnableAcceleration'],
};

export const acceleration: ResourceRule = {
  id: 'acceleration',
  title: "Data isn't accelerated through edge locations",
  why: 'Acceleration receives data at the edge location nearest to the sender, wherever that is.',
  fix: 'Turn acceleration off.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html',
  appliesTo: Object.keys(SWITCH),

  *check(resource) {
    for (const { path, value } of resource.select(...(SWITCH[resource.type] ?? []))) {
      if (knownText(value) === undefined)
        yield { path, level: 'unresolved', detail: 'whether acceleration is on is known only at deployment' };
      else if (isOn(value)) yield { path, value: String(value), detail: 'acceleration is on' };
    }
  },
};
