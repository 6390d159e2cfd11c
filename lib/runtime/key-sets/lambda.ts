import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KeySetsVariables } from '../../contract/environment';
import { POLICY_FILE } from '../../contract/handlers';
import type { KeySetsPolicy } from '../../contract/policies/key-sets-policy';
import type { EnvironmentOf } from '../aws/endpoint';
import { requiredFrom } from '../aws/required';
import { callsAs } from '../settings/clients';
import { repeatDenied } from '../settings/repeat-denied';
import { writeLine } from '../settings/settings-log';
import { fetchKeySet } from './fetch-key-set';
import { issuerHere } from './issuer';
import { createRefresh } from './refresh';

const required = requiredFrom<EnvironmentOf<KeySetsVariables>>(process.env);
const region = required('AWS_REGION', 'the Region of the function');
const policy: KeySetsPolicy = JSON.parse(
  readFileSync(path.join(required('LAMBDA_TASK_ROOT', 'the folder of the bundle'), POLICY_FILE), 'utf8'),
);
const issuer = issuerHere(policy, region, required('USER_POOL_ID', 'the user pool'));

/** Answers CloudFormation, or runs by a schedule. */
export const handler = createRefresh({
  fetchKeySet: () => fetchKeySet({ issuer, now: new Date() }),
  client: repeatDenied(new DynamoDBClient(callsAs('dynamodb', region)), region),
  table: required('KEY_SETS_TABLE', 'the table of key sets'),
  responder: { boundary: policy.boundary, region },
  log: writeLine,
});
