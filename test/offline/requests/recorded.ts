import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RECORDS, type RecordedRequest } from './recorded-request';

/**
 * The different requests that a run of the tests recorded.
 *
 * @throws if there are none
 */
export function recordedRequests(): RecordedRequest[] {
  const folder = process.env[RECORDS];
  if (folder === undefined || !existsSync(folder))
    throw new Error(`no requests were recorded; run npm run test:offline, which records them first`);
  const lines = readdirSync(folder).flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trim().split('\n'));
  return [...new Set(lines)].map((line) => JSON.parse(line));
}
