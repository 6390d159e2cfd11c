import { z } from 'zod';
import { MOST_GROUPS } from '../../contract/monitoring';
import { background } from './background';
import { budgets, memberBudgets } from './budgets';
import { courses, groups } from './courses';
import { count, line, list, slug, text } from './fields';
import { guardrail } from './guardrail';
import { identity } from './identity';
import { memberKeys } from './member-keys';
import { modelIds } from './model-ids';
import { rights } from './rights';
import { scim } from './scim';

const RETENTION = /^(?:until-deleted|(?:[1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)d)$/;

const concurrentRequests = (whose: string) =>
  count(10_000)
    .optional()
    .describe(
      `Maximum concurrent requests ${whose}; more get a 429 answer. The gateway counts them in its table, so nothing is reserved: use it where ` +
        "the account's Lambda quota is small. By default no limit.",
    );

export const workspace = z
  .strictObject(
    {
      id: slug(32).describe('Its id, unique among workspaces and projects.'),
      edition: z.enum(['enterprise', 'edu'], 'enterprise, edu').describe('`enterprise` or `edu`.'),
      retention: text('a period in days from 1d to 3650d, or until-deleted', RETENTION)
        .meta({ examples: ['30d', '365d', 'until-deleted'] })
        .describe(
          'Period for which conversations are stored: days (`365d`, at most `3650d`), or `until-deleted`. No default.',
        ),
      models: modelIds('members'),
      identity: identity.optional(),
      limits: z
        .strictObject(
          {
            tokensPerMemberPerDay: count(1_000_000_000)
              .optional()
              .describe('Maximum tokens of prompts and answers per member and day (UTC); by default no limit.'),
            tokensPerDay: count(1_000_000_000_000)
              .optional()
              .describe('Maximum tokens of prompts and answers of all members per day (UTC); by default no limit.'),
            requestsPerMemberPerMinute: count(100_000)
              .optional()
              .describe(
                'Maximum requests per member and clock minute, so that no member can use up `requestsPerMinute`; by default no limit.',
              ),
            storedBytesPerMemberPerDay: count(1_000_000_000_000)
              .optional()
              .describe(
                'Maximum bytes that a member sends per day (UTC) to be stored: bodies of requests to create responses, conversations, items, files, ' +
                  'uploads and prompts; by default no limit.',
              ),
            requestsPerMinute: count(100_000)
              .optional()
              .describe('Maximum requests of all members per clock minute; by default no limit.'),
            windowTokens: count(1_000_000, 1_000)
              .optional()
              .describe(
                'Size of the window in estimated tokens. The window is what a model receives: the newest part of a conversation, and the new ' +
                  'request. By default 100000, which fits every text model in the facts. Longer conversations are cut or refused, as specified by `truncation` in the request.',
              ),
            concurrentRequests: concurrentRequests('of all members'),
            ...budgets('of all members together, requests that charge a course included'),
            ...memberBudgets,
            concurrency: count(10_000)
              .optional()
              .describe(
                "Concurrent requests of all members. Reserved from the account's Lambda quota, of which 100 must stay unreserved, and also the maximum. By " +
                  'default nothing is reserved: a busy tenant can use up the quota. All projects share `api.projectsConcurrency`.',
              ),
          },
          "a mapping with any of 'tokensPerMemberPerDay', 'tokensPerDay', 'requestsPerMemberPerMinute', 'storedBytesPerMemberPerDay', 'requestsPerMinute', 'windowTokens', 'concurrentRequests', 'concurrency', 'tokensPerMonth', 'usdPerMonth', 'eurPerMonth', 'tokensPerMemberPerMonth', 'usdPerMemberPerMonth' and 'eurPerMemberPerMonth'",
        )
        .optional()
        .describe('Usage limits.'),
      keys: memberKeys.optional(),
      groups: groups.optional(),
      courses: courses.optional(),
      reportGroups: list(line('the name of a group', 128), 'a list of names of groups, at least one')
        .max(MOST_GROUPS, `at most ${MOST_GROUPS} names of groups`)
        .optional()
        .describe(
          'Names of groups of members by which `eu-residency usage` shows use: groups of their tokens, or with `scim`, the `displayName` of groups in SCIM. A member ' +
            "counts in the first one that they're in, for the whole month. Without `scim`, one whose first request of the month comes by an API key, or runs in the background, " +
            'counts in none. By default, all members count together.',
        ),
      guardrail: guardrail.optional(),
      background: background.optional(),
      rights: rights.optional(),
      officeFiles: z
        .boolean('true or false')
        .optional()
        .describe(
          'Whether members can send office files (docx, pptx, xlsx, odt and csv), which a function of their own converts to text. Images, macros and ' +
            'formulas are left out. By default `false`: office files are refused, and CSV in UTF-8 is sent to models as it is.',
        ),
      scim: scim.optional(),
    },
    "a mapping with 'id', 'edition', 'retention' and 'models'",
  )
  .describe("A tenant whose members' conversations are stored inside the boundary, under its own key.");

const projectLimits = {
  requestsPerMinute: count(100_000)
    .optional()
    .describe('Maximum requests per clock minute, over all keys of the project; by default no limit.'),
  tokensPerDay: count(1_000_000_000_000)
    .optional()
    .describe('Maximum tokens of prompts and answers per day (UTC), over all keys; by default no limit.'),
  concurrentRequests: concurrentRequests('over all keys'),
  ...budgets('over all keys of the project'),
};

const projectLimitsAllowed =
  "a mapping with any of 'requestsPerMinute', 'tokensPerDay', 'concurrentRequests', 'tokensPerMonth', 'usdPerMonth' and 'eurPerMonth'";

export const project = z
  .strictObject(
    {
      id: slug(32).describe('Its id, unique among workspaces and projects.'),
      models: modelIds('the project'),
      limits: z.strictObject(projectLimits, projectLimitsAllowed).optional().describe('Usage limits.'),
      guardrail: guardrail.optional(),
    },
    "a mapping with 'id' and 'models'",
  )
  .describe(
    'An API tenant whose requests are processed inside the boundary and not stored. None of its models may retain content.',
  );

/** More than one declares in a file, and few enough to be listed and counted at once. */
const MOST_OPEN_PROJECTS = 1_000;

const openAllowed = "a mapping with 'models', 'limits' and 'maximum'";
const openLimitsAllowed = `${projectLimitsAllowed}, at least one`;

const openProjects = z
  .strictObject(
    {
      models: modelIds('an open project'),
      limits: z
        .strictObject(projectLimits, openLimitsAllowed)
        .refine((limits) => Object.values(limits).some((limit) => limit !== undefined), openLimitsAllowed)
        .describe('The limits that no open project exceeds, at least one. An open project may have lower ones.'),
      maximum: count(MOST_OPEN_PROJECTS).describe('Maximum open projects at a time. Ended ones do not count.'),
      guardrail: guardrail.optional(),
    },
    openAllowed,
  )
  .describe(
    'Projects that a program creates, caps and ends at run time, through an API that IAM authorises, without a deployment ' +
      '(`eu-residency projects`). They have no other models, limits, Regions or guardrail than these.',
  );

const declared = z.array(project, 'a list of projects');

/** Projects that the file declares, and those that are created at run time. */
export const projects = z
  .union(
    [
      declared,
      z.strictObject(
        { open: openProjects, declared: declared.optional().describe('Tenants that call the API, as in a list.') },
        "a mapping with 'open'",
      ),
    ],
    "a list of projects, or a mapping with 'open' and perhaps 'declared'",
  )
  .describe('Tenants that call the API: a list, or a mapping with `open` for those that are created at run time.');
