import { z } from 'zod';
import { text } from './fields';

const PERIOD = /^(?:[1-9]\d?|1[0-7]\d|180)d$/;

export const memberKeys = z
  .strictObject(
    {
      signInWithin: text('a period in days from 1d to 180d', PERIOD)
        .meta({ examples: ['14d', '90d'] })
        .optional()
        .describe(
          'A key works only if its member has signed in within this period, in days. From 14 days before it stops, every answer to it says so. By ' +
            'default `30d`.',
        ),
    },
    "a mapping, which may be empty, with 'signInWithin'",
  )
  .describe(
    "Members create API keys for themselves, which are valid below `/key/v1`. By default they can't. Removing `keys` deletes no key: if it is added again, " +
      'keys work again that have not ended and were not revoked.',
  );
