import { z } from 'zod';
import { count, slug, text } from './fields';
import { identity } from './identity';
import { modelIds } from './model-ids';

const RETENTION = /^(?:until-deleted|(?:[1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)d)$/;

export const workspace = z
  .strictObject(
    {
      id: slug(32).describe('Its name; no other workspace or project has it.'),
      edition: z.enum(['enterprise', 'edu'], 'enterprise, edu').describe('`enterprise` or `edu`.'),
      retention: text('a period in days from 1d to 3650d, or until-deleted', RETENTION)
        .meta({ examples: ['30d', '365d', 'until-deleted'] })
        .describe('How long conversations are kept: days (`365d`, at most `3650d`), or `until-deleted`. No default.'),
      models: modelIds('members'),
      identity: identity.optional(),
      limits: z
        .strictObject(
          {
            tokensPerMemberPerDay: count(1_000_000_000)
              .optional()
              .describe('Tokens of prompts and answers that one member may use on a day in UTC; no limit by default.'),
            tokensPerDay: count(1_000_000_000_000)
              .optional()
              .describe('Tokens of prompts and answers that all members may use on a day in UTC; no limit by default.'),
            requestsPerMinute: count(100_000)
              .optional()
              .describe('Requests of all members in a minute of the clock; no limit by default.'),
            windowTokens: count(1_000_000, 1_000)
              .optional()
              .describe(
                'Estimated tokens that a model is sent of a conversation, its newest part, with what is asked; 100000 by default, which fits every ' +
                  'text model of the facts. What is longer is cut or refused, as `truncation` of the request says.',
              ),
          },
          "a mapping with any of 'tokensPerMemberPerDay', 'tokensPerDay', 'requestsPerMinute' and 'windowTokens'",
        )
        .optional()
        .describe('How much may be used.'),
    },
    "a mapping with 'id', 'edition', 'retention' and 'models'",
  )
  .describe("A tenant whose members' conversations are stored inside the boundary, under its own key.");

export const project = z
  .strictObject(
    {
      id: slug(32).describe('Its name; no other workspace or project has it.'),
      models: modelIds('it'),
      limits: z
        .strictObject(
          {
            requestsPerMinute: count(100_000)
              .optional()
              .describe('Requests in a minute of the clock, over all keys of the project; no limit by default.'),
            tokensPerDay: count(1_000_000_000_000)
              .optional()
              .describe('Tokens of prompts and answers on a day in UTC, over all keys; no limit by default.'),
          },
          "a mapping with any of 'requestsPerMinute' and 'tokensPerDay'",
        )
        .optional()
        .describe('How much may be used.'),
    },
    "a mapping with 'id' and 'models'",
  )
  .describe('An API tenant whose requests are processed inside the boundary and not kept. No model may keep content.');
