import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LOCAL_ERROR_CODES } from '@/lib/local/api-error';
import { GATEWAY_ERROR_CODES } from '@/lib/runtime/gateway/errors/api-error';
import { type ErrorCode, HTTP_ERROR_CODES } from '@/lib/runtime/http/api-error';
import { MEMBERS_ERROR_CODES } from '@/lib/runtime/members/api-error';
import { PROJECTS_ERROR_CODES } from '@/lib/runtime/projects/api-error';
import { RECORDS_ERROR_CODES } from '@/lib/runtime/records/api-error';
import { RIGHTS_ERROR_CODES } from '@/lib/runtime/rights/api-error';
import { SCIM_ERROR_CODES } from '@/lib/runtime/scim/api-error';
import { WORKSPACE_ERROR_CODES } from '@/lib/runtime/workspace/errors/api-error';
import { IDENTITY_ERROR_CODES } from '@/lib/runtime/workspace/identity/api-error';
import { MEMBER_KEY_ERROR_CODES } from '@/lib/runtime/workspace/keys/api-error';
import { STORE_ERROR_CODES } from '@/lib/runtime/workspace/store/api-error';

/** Every code that clients may have to handle. A code is never renamed; `satisfies` compares the table with the types. */
const CODES = {
  batch_not_found: true,
  budget_unpriced: true,
  client_closed_request: true,
  content_erased: true,
  content_unavailable: true,
  content_unreadable: true,
  context_length_exceeded: true,
  conversation_locked: true,
  conversation_not_found: true,
  course_ended: true,
  course_refused: true,
  directory_unavailable: true,
  export_expired: true,
  export_not_found: true,
  export_not_ready: true,
  file_not_found: true,
  file_not_ready: true,
  file_refused: true,
  file_too_large: true,
  hold_not_found: true,
  host_refused: true,
  insufficient_quota: true,
  internal_error: true,
  invalid_api_key: true,
  invalid_json: true,
  invalid_multipart: true,
  invalid_signature: true,
  invalid_value: true,
  item_not_found: true,
  job_not_found: true,
  key_not_found: true,
  key_restricted: true,
  keys_unavailable: true,
  legal_hold: true,
  limits_unavailable: true,
  managed_elsewhere: true,
  member_disabled: true,
  member_not_found: true,
  member_not_provisioned: true,
  members_unavailable: true,
  method_not_allowed: true,
  missing_required_parameter: true,
  model_ended: true,
  model_not_found: true,
  model_not_supported: true,
  monitoring_refused: true,
  not_callable_off: true,
  not_certified: true,
  not_confirmable: true,
  not_erased: true,
  not_independent: true,
  not_releasable: true,
  own_membership: true,
  project_ended: true,
  project_exists: true,
  project_not_found: true,
  project_unreadable: true,
  projects_at_maximum: true,
  projects_unavailable: true,
  prompt_not_found: true,
  provider_denied_gateway: true,
  provider_failed: true,
  provider_rejected_request: true,
  provider_throttled: true,
  rate_limit_exceeded: true,
  records_unavailable: true,
  request_too_large: true,
  residency_model_refused: true,
  residency_no_destination: true,
  residency_remote_content_refused: true,
  residency_schema_refused: true,
  residency_store_refused: true,
  residency_tool_refused: true,
  residency_unverified: true,
  response_not_found: true,
  role_refused: true,
  role_too_recent: true,
  scim_invalid_filter: true,
  scim_invalid_path: true,
  scim_invalid_syntax: true,
  scim_invalid_value: true,
  scim_mutability: true,
  scim_no_target: true,
  scim_not_found: true,
  scim_not_implemented: true,
  scim_too_many: true,
  scim_uniqueness: true,
  second_person_required: true,
  sign_in_required: true,
  token_required: true,
  too_early: true,
  too_many_keys: true,
  unknown_parameter: true,
  unknown_url: true,
  unsupported_media_type: true,
  unsupported_parameter: true,
  unsupported_value: true,
  upload_not_found: true,
  workspace_closing: true,
} satisfies Record<ErrorCode, true>;

test('the APIs together have these codes', () => {
  const lists = [
    ...[HTTP_ERROR_CODES, GATEWAY_ERROR_CODES, IDENTITY_ERROR_CODES, STORE_ERROR_CODES, WORKSPACE_ERROR_CODES],
    ...[MEMBERS_ERROR_CODES, RECORDS_ERROR_CODES, RIGHTS_ERROR_CODES, LOCAL_ERROR_CODES, MEMBER_KEY_ERROR_CODES],
    ...[PROJECTS_ERROR_CODES, SCIM_ERROR_CODES],
  ];
  expect([...new Set(lists.flat())].sort()).toEqual(Object.keys(CODES));
});

const ROOT = path.join(__dirname, '../../..');
const ERRORS = 'lib/runtime/http/api-error';
const NAMES = 'lib/runtime/http/records/record-names';

/** One expression each, compiled with the types of every API, and the error of the compiler; none if it compiles. */
const ROWS: readonly [name: string, module: string, code: string, error?: RegExp][] = [
  ['a code of http, there', ERRORS, "new api.ApiError(400, 'invalid_json', '')"],
  [
    'a misspelled code, in http',
    ERRORS,
    "new api.ApiError(400, 'invalid_jsno', '')",
    /'"invalid_jsno"' is not assignable/,
  ],
  [
    'a code of the gateway, in http',
    ERRORS,
    "new api.ApiError(404, 'model_not_found', '')",
    /'"model_not_found"' is not/,
  ],
  [
    'a code that no API has, named as a type',
    ERRORS,
    "new api.ApiError<'gone'>(404, 'gone', '')",
    /'"gone"' does not satisfy/,
  ],
  [
    'a code of the gateway, there',
    'lib/runtime/gateway/errors/api-error',
    "new api.ApiError(404, 'model_not_found', '')",
  ],
  [
    'a code of http, in the gateway',
    'lib/runtime/gateway/errors/api-error',
    "new api.ApiError(400, 'invalid_json', '')",
  ],
  [
    'a code of rights, in the gateway',
    'lib/runtime/gateway/errors/api-error',
    "new api.ApiError(409, 'not_certified', '')",
    /'"not_certified"' is not assignable/,
  ],
  ['a code of rights, there', 'lib/runtime/rights/api-error', "new api.ApiError(409, 'not_certified', '')"],
  [
    'a code of members, in records',
    'lib/runtime/records/api-error',
    "new api.ApiError(404, 'member_not_found', '')",
    /'"member_not_found"' is not assignable/,
  ],
  ['an act of members', NAMES, "'member.add' satisfies api.Act"],
  ['a misspelled act', NAMES, "'member.ad' satisfies api.Act", /'"member\.ad"' does not satisfy/],
  ['a route of stored content', NAMES, "'conversations' satisfies api.Route"],
  ['a misspelled route', NAMES, "'conversation' satisfies api.Route", /'"conversation"' does not satisfy/],
];

describe('the types', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'codes-'));
  const nameOf = (index: number) => `probe-${index}.ts`;
  let output = '';

  beforeAll(() => {
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    ROWS.forEach(([, module, code], index) => {
      const text = `import * as api from '@/${module}';\nexport const it = ${code};\n`;
      writeFileSync(path.join(folder, nameOf(index)), text);
    });
    const compilerOptions = { noEmit: true, rootDir: '/', typeRoots: [path.join(ROOT, 'node_modules/@types')] };
    const include = ['*.ts', path.join(ROOT, 'lib/**/api-error.ts'), path.join(ROOT, 'lib/**/acts.ts')];
    const config = { extends: path.join(ROOT, 'tsconfig.json'), compilerOptions, include, exclude: [] };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    output = spawnSync(process.execPath, [tsc, '-p', folder], { cwd: folder, encoding: 'utf8' }).stdout;
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  test('of every API are compiled, without errors of their own', () => {
    expect(output).toContain(nameOf(1));
    expect(output).not.toContain('lib/');
  });

  test.each(ROWS.map(([name, , , error], index) => ({ name, error, index })))('$name', ({ error, index }) => {
    const lines = output.split('\n').filter((line) => line.startsWith(`${nameOf(index)}(`));
    expect(lines.join('; ')).toMatch(error ?? /^$/);
  });
});
