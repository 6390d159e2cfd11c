import { readFileSync } from 'node:fs';
import path from 'node:path';
import { POLICY_FILE } from '../../contract/handlers';
import type { WatchPolicy } from '../../contract/policies/watch-policy';
import { type LogsEvent, type Report, report } from './report';

const { LAMBDA_TASK_ROOT: folder = '.' } = process.env;
const policy: WatchPolicy = JSON.parse(readFileSync(path.join(folder, POLICY_FILE), 'utf8'));

/** Answers CloudWatch Logs. It calls no service: Lambda hands its answer on. */
export const handler = async (event: LogsEvent): Promise<Report> => report(event, policy);
