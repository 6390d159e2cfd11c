import { z } from 'zod';
import { text } from './fields';

export const rights = z
  .strictObject(
    {
      handOver: z
        .strictObject(
          {
            delay: text('a period in days from 1d to 30d', /^(?:[1-9]|[12]\d|30)d$/)
              .meta({ examples: ['3d', '14d'] })
              .optional()
              .describe(
                'Days from the request for a hand-over until it can be released, from `1d` to `30d`. Meanwhile the user and every other administrator can ' +
                  'cancel it. By default `3d`.',
              ),
          },
          "a mapping with 'delay'",
        )
        .optional()
        .describe("The hand-over of a member's export to another member."),
      erasureOfOthers: z
        .enum(['second-person', 'delay'], 'second-person, delay')
        .optional()
        .describe(
          'What an erasure waits for if another person than the user requests it: `delay` (default) is 7 days in which the user and every other ' +
            "administrator can cancel it; `second-person` is a second, independent administrator within 7 days. A user's own request takes effect at once.",
        ),
    },
    "a mapping with any of 'handOver' and 'erasureOfOthers'",
  )
  .describe("Rules for requests that concern another person's content.");
