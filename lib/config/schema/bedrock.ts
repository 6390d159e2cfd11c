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
        .describe('Name of a bucket in this account, in the primary Region.'),
      logGroup: text('the name of a log group', /^[\w./#-]{1,512}$/)
        .optional()
        .describe('Name of a log group in this account, in the primary Region.'),
    },
    loggingAllowed,
  )
  .refine(({ bucket, logGroup }) => bucket !== undefined || logGroup !== undefined, loggingAllowed)
  .meta({ minProperties: 1 })
  .describe(
    'Targets to which model invocation logging may write every prompt and answer of the account, in the primary Region. None by ' +
      'default, and not permitted with `projects`. The deployment checks the logging, but never switches it on or off.',
  );

export const bedrock = z
  .strictObject(
    {
      retention: z
        .enum(['manage', 'verify'], 'manage, verify')
        .optional()
        .describe(
          "The party that sets Bedrock's retention mode to `none` in every Region that may process a request. `manage` (the default): this " +
            'deployment. `verify`: another party; the deployment only reads the mode, and fails unless it is `none`. The mode applies to ' +
            'the whole account in a Region.',
        ),
      maxReadingAge: text(hoursAllowed, MAX_READING_AGE)
        .meta({ examples: ['24h'] })
        .optional()
        .describe(
          'Period for which a Region may serve projects after a check has confirmed that it retains nothing: whole hours, by default `24h`. ' +
            'The check runs every hour.',
        ),
      invocationLogging: invocationLogging.optional(),
    },
    "a mapping with any of 'retention', 'maxReadingAge' and 'invocationLogging'",
  )
  .describe('Retention and logging by Bedrock.');
