import { judgeBucket } from '../places/judge-bucket';
import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';
import { MANY, OPEN } from '../template/hole';
import { Reference, spelled, Unresolved } from '../template/node';

export const copyDestination: ResourceRule = {
  id: 'copy-destination',
  title: 'Data is copied only to what is known to be inside',
  why: 'The service can copy to another Region, and the property says to which by an ARN that is known only at deploy.',
  fix: 'Write the ARN with its Region, or copy to a resource of the same app.',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html',
  appliesTo: typesWith('destination'),

  *check(resource, context) {
    for (const { path, value } of placeProperties(resource, 'destination')) {
      if (value instanceof Reference && value.isOwn) continue;
      if (value instanceof Unresolved || value instanceof Reference) {
        const reason = value instanceof Unresolved ? value.reason : `'${value.logicalId}' answers it at deploy`;
        yield { path, level: 'unresolved', detail: `the destination can't be decided: ${reason}` };
        continue;
      }
      const text = spelled(value);
      if (/^arn:[^:]*:s3:::/.test(text)) yield* judgeBucket({ path, value }, context);
      // A Region that the ARN names is judged where every value is.
      else if (/^arn:[^:]*:[^:]*:/.test(text)) {
        const region = text.split(':')[3] ?? '';
        if (region === '' || region.includes(OPEN) || region.includes(MANY)) {
          yield { path, value: text, level: 'unresolved', detail: "the destination's Region is known only at deploy" };
        }
      } else if (text.includes(OPEN) || text.includes(MANY)) {
        yield { path, value: text, level: 'unresolved', detail: 'the destination is known only at deploy' };
      }
    }
  },
};
