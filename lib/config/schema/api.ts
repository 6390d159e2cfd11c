import { z } from 'zod';
import { REQUESTS_PER_SECOND, REQUESTS_WITHOUT_KEY } from '../../contract/api-limits';
import { count } from './fields';

const allowed =
  "a mapping with any of 'requestsPerAddress', 'requestsWithoutKey', 'requestsPerSecond', 'burstRequests' and 'projectsConcurrency'";

export const api = z
  .strictObject(
    {
      requestsPerAddress: count(2_000_000_000, 100)
        .optional()
        .describe(
          'Maximum requests from one address within five minutes, to all APIs of the deployment; the web ACL blocks more with a 403 answer. By default ' +
            '10000. A campus or an office can share one address.',
        ),
      requestsWithoutKey: count(2_000_000_000, 10)
        .optional()
        .describe(
          'Maximum requests without `Authorization: Bearer ...` and `x-api-key` within five minutes, from all addresses together; the web ACL blocks more. ' +
            'No API serves them. If a workspace has `corsOrigins`, the preflight requests of browsers are counted apart, up to the same number. By default a ' +
            `fifth of what \`requestsPerSecond\` admits, but at most ${REQUESTS_WITHOUT_KEY}.`,
        ),
      requestsPerSecond: count(10_000)
        .optional()
        .describe(
          'Requests per second that API Gateway accepts from all callers of one API together; more get a 429 answer. Each workspace has an API, and all ' +
            `projects share one. By default ${REQUESTS_PER_SECOND}. The limit of the account is shared with its other APIs.`,
        ),
      burstRequests: count(5_000)
        .optional()
        .describe('Requests that may arrive at one API at once before `requestsPerSecond` applies. By default 100.'),
      projectsConcurrency: count(10_000)
        .optional()
        .describe(
          "Concurrent requests of all projects together. Reserved from the account's Lambda quota, of which 100 must stay unreserved, and also the " +
            'maximum. By default nothing is reserved.',
        ),
    },
    allowed,
  )
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: allowed,
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 })
  .describe('Limits of the APIs, for all callers together.');

export const jobs = z
  .strictObject(
    {
      concurrency: count(1_000).describe(
        "Concurrent runs of each function that runs jobs: four for each workspace, six with a recovery Region. Reserved from the account's Lambda " +
          'quota, of which 100 must stay unreserved, and also the maximum. By default nothing is reserved.',
      ),
    },
    "a mapping with 'concurrency'",
  )
  .describe('The jobs of workspaces: exports, erasures and closures.');
