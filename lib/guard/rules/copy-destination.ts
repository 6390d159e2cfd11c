import { checkBucket } from '../places/check-bucket';
import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';
import { Reference, spelled, Unresolved } from '../template/node';
import { TOO_MANY, UNRESOLVED } from '../template/placeholder';

export const copyDestination: ResourceRule = {
  id: 'copy-destination',
  title: 'Data is copied only to destinations known to be inside the boundary',
  why: 'The service can copy to another Region, and the ARN that selects the Region is known only at deployment.',
  fix: 'Include the Region in the ARN, or copy to a resource in the same app.',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html',
  appliesTo: typesWith('destination'),

  *check(resource, context) {
    for (const { path, value } of placeProperties(resource, 'destination')) {
      if (value instanceof Reference && value.isOwnedByApp) continue;
      if (value instanceof Unresolved || value instanceof Reference) {
        const reason = value instanceof Unresolved ? value.reason : `'${value.logicalId}' returns it at deployment`;
        yield { path, level: 'unresolved', detail: `the destination can't be decided: ${reason}` };
        continue;
      }
      const text = spelled(value);
      if (/^arn:[^:]*:s3:::/.test(text)) yield* checkBucket({ path, value }, context);
      // The value scan checks a Region that the ARN names.
      else if (/^arn:[^:]*:[^:]*:/.test(text)) {
        const region = text.split(':')[3] ?? '';
        if (region === '' || region.includes(UNRESOLVED) || region.includes(TOO_MANY)) {
          yield {
            path,
            value: text,
            level: 'unresolved',
            detail: "the destination's Region is known only at deployment",
          };
        }
      } else if (text.includes(UNRESOLVED) || text.includes(TOO_MANY)) {
        yield { path, value: text, level: 'unresolved', detail: 'the destination is known only at deployment' };
      }
    }
  },
};
