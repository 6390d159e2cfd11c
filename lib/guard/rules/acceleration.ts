import type { ResourceRule } from '../rule/rule';
import { isOn, knownText } from '../template/resource';

/** Where each type turns on the way through edge locations. */
const SWITCH: Record<string, string[]> = {
  'AWS::S3::Bucket': ['AccelerateConfiguration', 'AccelerationStatus'],
  'AWS::EC2::VPNConnection': ['EnableAcceleration'],
};

export const acceleration: ResourceRule = {
  id: 'acceleration',
  title: 'Data takes no short cut through edge locations',
  why: 'Acceleration takes data in at the edge location next to the sender, wherever that is.',
  fix: 'Turn acceleration off.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html',
  appliesTo: Object.keys(SWITCH),

  *check(resource) {
    for (const { path, value } of resource.select(...(SWITCH[resource.type] ?? []))) {
      if (knownText(value) === undefined)
        yield { path, level: 'unresolved', detail: 'acceleration is known only at deploy' };
      else if (isOn(value)) yield { path, value: String(value), detail: 'acceleration is on' };
    }
  },
};
