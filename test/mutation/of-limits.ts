import type { Mutation } from './mutation';

const DOCTOR = 'lib/cli/run/run-doctor.ts';
const FILES = 'lib/runtime/gateway/files';
const DOCUMENTS = 'test/runtime/gateway/files/documents.test.ts';
const COPY = 'lib/constructs/stores/recovery-keys.ts';

/** Mutations that each change a time, a limit or an answer that the documentation states. */
export const OF_LIMITS: readonly Mutation[] = [
  {
    name: 'a hold refused by another code while a workspace is closed',
    file: 'lib/runtime/rights/api/refusals.ts',
    text: "ending: 'workspace_closing'",
    replacement: "ending: 'legal_hold'",
    tests: ['test/runtime/rights/promises.long.test.ts'],
  },
  {
    name: 'an alarm after five hours without a copy of keys',
    file: COPY,
    text: 'const FAILURES = 3;',
    replacement: 'const FAILURES = 30;',
    tests: ['test/stacks/recovery-stacks.long.test.ts'],
  },
  {
    name: 'keys copied less often than documented',
    file: COPY,
    text: 'const EVERY = Duration.minutes(10);',
    replacement: 'const EVERY = Duration.minutes(15);',
    tests: ['test/stacks/recovery-stacks.long.test.ts'],
  },
  {
    name: 'attempts of `doctor` that take ten times as long',
    file: DOCTOR,
    text: 'timeoutMs = 5_000',
    replacement: 'timeoutMs = 50_000',
    tests: ['test/cli/doctor/time-limits.test.ts'],
  },
  {
    name: 'checks of `doctor` that take ten times as long',
    file: DOCTOR,
    text: 'deadlineMs = 45_000',
    replacement: 'deadlineMs = 450_000',
    tests: ['test/cli/doctor/time-limits.test.ts'],
  },
  {
    name: 'records of ten days by default',
    file: 'lib/runtime/records/records-gateway.ts',
    text: 'until.getTime() - DAY_MS',
    replacement: 'until.getTime() - 10 * DAY_MS',
    tests: ['test/runtime/members/records.test.ts'],
  },
  {
    name: 'images larger than a model accepts',
    file: `${FILES}/model-file.ts`,
    text: 'image: 3_750_000',
    replacement: 'image: 37_500_000',
    tests: [DOCUMENTS],
  },
  {
    name: 'documents larger than a model accepts',
    file: `${FILES}/model-file.ts`,
    text: 'document: 4_500_000',
    replacement: 'document: 45_000_000',
    tests: [DOCUMENTS],
  },
  {
    name: 'images with more pixels than a model accepts',
    file: `${FILES}/file-kind.ts`,
    text: 'const MOST_PIXELS = 8_000;',
    replacement: 'const MOST_PIXELS = 80_000;',
    tests: ['test/runtime/workspace/files/bad-input.long.test.ts'],
  },
  {
    name: 'more images in a turn than a model accepts',
    file: 'lib/runtime/gateway/converse/documents.ts',
    text: 'const MOST_IMAGES = 20;',
    replacement: 'const MOST_IMAGES = 200;',
    tests: [DOCUMENTS],
  },
  {
    name: 'forms with more fields than are parsed quickly',
    file: 'lib/runtime/http/read-form.ts',
    text: 'const MOST_FIELDS = 16;',
    replacement: 'const MOST_FIELDS = 80;',
    tests: ['test/runtime/workspace/files/bad-input.long.test.ts'],
  },
  {
    name: 'a window of more bytes than documented',
    file: 'lib/runtime/workspace/content.ts',
    text: 'bytes: 8_000_000',
    replacement: 'bytes: 80_000_000',
    tests: ['test/runtime/workspace/conversations/bounds.long.test.ts'],
  },
  {
    name: 'more bytes of files in a request than documented',
    file: `${FILES}/found-file.ts`,
    text: 'const MOST_BYTES = 8_000_000;',
    replacement: 'const MOST_BYTES = 80_000_000;',
    tests: ['test/runtime/workspace/conversations/bounds.long.test.ts'],
  },
  {
    name: 'a drill that reads all objects of a member',
    file: 'lib/runtime/recovery/drill.ts',
    text: 'const OBJECTS_OF_A_MEMBER = 2;',
    replacement: 'const OBJECTS_OF_A_MEMBER = 20;',
    tests: ['test/runtime/recovery/drill.long.test.ts'],
  },
  {
    name: 'another log group without a line in the cost of a workspace',
    file: 'docs/WORKSPACES.md',
    text: '| log groups | thirteen,',
    replacement: '| log groups | twelve,',
    tests: ['test/stacks/workspace-cost.long.test.ts'],
  },
  {
    name: 'a change that waits ten times as long for others',
    file: 'lib/runtime/workspace/store/backoff.ts',
    text: 'totalMs = 10_000',
    replacement: 'totalMs = 100_000',
    tests: ['test/runtime/workspace/retry-change.test.ts'],
  },
  {
    name: 'more tokens estimated for a page of a PDF',
    file: `${FILES}/file-tokens.ts`,
    text: 'const TOKENS_A_PAGE = 1_000;',
    replacement: 'const TOKENS_A_PAGE = 1_100;',
    tests: [DOCUMENTS],
  },
  {
    name: 'fewer tokens estimated for the bytes of a PDF',
    file: `${FILES}/file-tokens.ts`,
    text: 'const PDF_BYTES_A_TOKEN = 100;',
    replacement: 'const PDF_BYTES_A_TOKEN = 110;',
    tests: [DOCUMENTS],
  },
  {
    name: 'a prompt longer than documented',
    file: 'lib/runtime/workspace/prompts/prompt-routes.ts',
    text: 'z.maxLength(50_000)',
    replacement: 'z.maxLength(500_000)',
    tests: ['test/runtime/workspace/prompts/prompts.long.test.ts'],
  },
];
