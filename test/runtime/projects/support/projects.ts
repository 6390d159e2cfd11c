import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { ProjectsPolicy } from '@/lib/contract/policies/projects-policy';
import { LocalAws, type LocalAwsOptions } from '@/lib/local/aws/local-aws';
import type { OperationsRecord } from '@/lib/runtime/http/records/operations';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { DynamoDbProjectStore } from '@/lib/runtime/projects/dynamodb-project-store';
import { PROJECTS_PATH, projectsApi } from '@/lib/runtime/projects/projects-api';

/** A table of keys in this process, with DynamoDB's conditions and transactions. */
export function keysTable(wrap?: LocalAwsOptions['wrap']) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'projects-')), 'content.sqlite');
  const tables = [{ name: 'keys', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' }];
  const aws = new LocalAws({ file, region: 'eu-central-1', tables, ...(wrap && { wrap }) });
  return { aws, table: { client: aws.dynamodb(), name: 'keys' } };
}

export const OPEN: ProjectsPolicy = {
  boundary: 'eu',
  models: ['assistant', 'embed'],
  limits: { requestsPerMinute: 600, tokensPerDay: 1_000_000 },
  maximum: 3,
  declared: ['helpdesk-bot', 'sciences'],
};

/** The API of open projects over such a table. */
export function projectsFixture(over: Partial<ProjectsPolicy> = {}, wrap?: LocalAwsOptions['wrap']) {
  const { table } = keysTable(wrap);
  const clock = { time: Date.parse('2026-11-24T10:00:30Z') };
  const records: ResidencyRecord[] = [];
  const lines: OperationsRecord[] = [];
  const logged: object[] = [];
  const api = projectsApi({
    policy: { boundary: ResidencyBoundary.eu(), keepsContent: false, tenant: { kind: 'project', ids: [] } },
    open: { ...OPEN, ...over },
    store: new DynamoDbProjectStore(table, (line) => void logged.push(line)),
    record: (record, operations) => {
      records.push(record);
      lines.push(operations);
    },
    now: () => new Date(clock.time),
  });
  const ask = async (method: string, at: string, body?: unknown) => {
    const headers = body === undefined ? undefined : { 'content-type': 'application/json' };
    const request = new Request(`https://gateway.test${PROJECTS_PATH}${at}`, {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const response = await api.fetch(request);
    const text = await response.text();
    return { status: response.status, text, json: JSON.parse(text || '{}') };
  };
  return { api, ask, table, clock, records, lines, logged };
}
