import type { Mutation } from './mutation';

/** Mutations of what programs and jobs may do, and of what they leave. */
export const OF_ENTRIES: readonly Mutation[] = [
  {
    name: 'jobs of members who were disabled',
    file: 'lib/runtime/workspace/job-worker.ts',
    text: 'if (disabled || (signedOutAt',
    replacement: 'if ((disabled && user === "") || (signedOutAt',
    tests: ['test/runtime/workspace/background/responses.long.test.ts'],
  },
  {
    name: 'answers of a batch stored in plain text',
    file: 'lib/runtime/workspace/background/run-batch.ts',
    text: '        ...encrypted,\n',
    replacement: '        ...encrypted,\n        note: JSON.stringify(result),\n',
    tests: ['test/runtime/canary/jobs.long.test.ts'],
  },
  {
    name: "another workspace's token of SCIM",
    file: 'lib/runtime/scim/require-scim-token.ts',
    text: 'record.project !== workspace',
    replacement: 'record.project === ""',
    tests: ['test/runtime/scim/require-scim-token.test.ts'],
  },
  {
    name: 'users of SCIM who become another person',
    file: 'lib/runtime/scim/user-changes.ts',
    text: 'if (before === undefined || before === after) return after;',
    replacement: 'if (before === undefined || before !== "") return after;',
    tests: ['test/runtime/scim/scim-api.long.test.ts'],
  },
  {
    name: 'more open projects than the maximum',
    file: 'lib/runtime/projects/dynamodb-project-store.ts',
    text: 'attribute_not_exists(#count) OR #count < :maximum',
    replacement: 'attribute_not_exists(#count) OR #count <= :maximum',
    tests: ['test/runtime/projects/project-store.long.test.ts', 'test/runtime/projects/projects-api.test.ts'],
  },
  {
    name: 'an archive of an export joined in memory',
    file: 'lib/local/node-adapter.ts',
    text: 'text\\/event-stream|application\\/x-tar',
    replacement: 'text\\/event-stream',
    tests: ['test/local/node-adapter.test.ts'],
  },
];
