import { z } from 'zod';
import { text } from './fields';

const PERIOD = /^(?:[1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)d$/;

/** The evidence bucket denies shorter locks than a year. */
const LOCKED = /^(?:36[5-9]|3[7-9]\d|[4-9]\d{2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)d$/;

const period = () => text('a period in days from 1d to 3650d', PERIOD);

export const records = z
  .strictObject(
    {
      evidence: text('a period in days from 365d to 3650d', LOCKED)
        .meta({ examples: ['400d', '730d'] })
        .optional()
        .describe(
          'For how long the records of all requests are locked in the evidence bucket, in days. They name no member. By default `400d`: a year, and ' +
            'a month in which its last records can be audited. A longer lock applies to new records.',
        ),
      members: period()
        .meta({ examples: ['7d', '30d'] })
        .optional()
        .describe(
          'For how long the record of a request can be linked to the member who made it, in days. An erasure of the member deletes the links ' +
            'before that. Records themselves name no member. By default `30d`. A shorter period applies to new requests.',
        ),
    },
    "a mapping with any of 'evidence' and 'members'",
  )
  .describe('What is stored about each request, without its content.');
