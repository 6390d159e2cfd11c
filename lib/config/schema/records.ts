import { z } from 'zod';
import { text } from './fields';

const PERIOD = /^(?:[1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)d$/;

const period = () => text('a period in days from 1d to 3650d', PERIOD);

export const records = z
  .strictObject(
    {
      members: period()
        .meta({ examples: ['7d', '30d'] })
        .optional()
        .describe(
          'For how long the record of a request can be linked to the member who made it, in days. An erasure of the member deletes the links ' +
            'before that. Records themselves name no member. By default `30d`. A shorter period applies to new requests.',
        ),
    },
    "a mapping with 'members'",
  )
  .describe('What is stored about each request, without its content.');
