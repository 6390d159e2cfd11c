import { z } from 'zod';
import { text } from './fields';

const hoursAllowed = 'whole hours from 2h to 168h';
const MAX_READING_AGE = /^(?:[2-9]|[1-9]\d|1[0-5]\d|16[0-8])h$/;

const loggingAllowed = "a mapping with 'bucket', 'logGroup' or both";
const invocationLogging = z
  .strictObject(
    {
      bucket: text('the name of a bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
        .optional()
        .describe('Name of a bucket of this account in the primary Region.'),
      logGroup: text('the name of a log group', /^[\w./#-]{1,512}$/)
        .optional()
        .describe('Name of a log group of this account in the primary Region.'),
    },
    loggingAllowed,
  )
  .refine(({ bucket, logGroup }) => bucket !== undefined || logGroup !== undefined, loggingAllowed)
  .meta({ minProperties: 1 })
  .describe(
    'Where model invocation logging may write every prompt and answer of the account, in the primary Region; nowhere by default, and ' +
      'never with `projects`. It is switched on by whoever wants it; here it is only checked.',
  );

export const bedrock = z
  .strictObject(
    {
      retention: z
        .enum(['manage', 'verify'], 'manage, verify')
        .optional()
        .describe(
          "Who sets Bedrock's retention mode to `none` in every Region that may process a request: this deployment (`manage`, " +
            'the default), or somebody else (`verify`: it is only read, and any other mode stops the deployment). The mode holds ' +
            'for the whole account in a Region.',
        ),
      maxReadingAge: text(hoursAllowed, MAX_READING_AGE)
        .meta({ examples: ['24h'] })
        .optional()
        .describe(
          'How long after a Region was last read as one that keeps nothing it may serve projects: whole hours, by default `24h`. It is ' +
            'read every hour.',
        ),
      invocationLogging: invocationLogging.optional(),
    },
    "a mapping with any of 'retention', 'maxReadingAge' and 'invocationLogging'",
  )
  .describe('What Bedrock keeps.');
