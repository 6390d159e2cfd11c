import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callsAs } from '../settings/clients';
import { writeLine } from '../settings/provider-log';
import { fetchKeySet } from './fetch-key-set';
import { issuerHere } from './issuer';
import { createRefresh } from './refresh';

const region = required('AWS_REGION', 'the Region of the function');
const policy = readFileSync(path.join(required('LAMBDA_TASK_ROOT', 'the folder of the bundle'), 'policy.json'), 'utf8');
const issuer = issuerHere(policy, region, required('USER_POOL_ID', 'the user pool'));

/** Answers CloudFormation, or runs by a schedule. */
export const handler = createRefresh({
  fetchKeySet: () => fetchKeySet({ issuer, now: new Date() }),
  client: new DynamoDBClient(callsAs('dynamodb', region)),
  table: required('KEY_SETS_TABLE', 'where key sets are kept'),
  responder: { boundary: (JSON.parse(policy) as { boundary: string }).boundary, region },
  log: writeLine,
});

function required(name: string, what: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`'${name}' is not set, so ${what} isn't known; deploy the function anew`);
}
