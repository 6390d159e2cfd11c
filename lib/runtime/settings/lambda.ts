import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { CheckVariables, RetentionVariables } from '../../contract/environment';
import { POLICY_FILE } from '../../contract/handlers';
import type { EnvironmentOf } from '../aws/endpoint';
import { requiredFrom } from '../aws/required';
import { bedrockControl, callsAs } from './clients';
import { ControlPlane } from './control-plane';
import { FormerSettings } from './former-settings';
import { parseSettingsPolicy } from './policy';
import { ReadingsStore } from './readings-store';
import { repeatDenied } from './repeat-denied';
import { createSettingsHandler } from './settings-handler';

const required = requiredFrom<EnvironmentOf<RetentionVariables & CheckVariables>>(process.env);
const region = required('AWS_REGION', 'the Region of the function');
const policy = parseSettingsPolicy(
  readFileSync(path.join(required('LAMBDA_TASK_ROOT', 'the folder of the bundle'), POLICY_FILE), 'utf8'),
);

/** Answers CloudFormation, or runs by a schedule. */
export const handler = createSettingsHandler({
  policy,
  control: new ControlPlane(bedrockControl),
  storeFormer: (where, former) =>
    new FormerSettings(
      repeatDenied(new S3Client(callsAs('s3', region)), region),
      required('EVIDENCE_BUCKET', 'the bucket of former settings'),
    ).store(where, former),
  storeReading: (reading) => readings().put(reading),
  storeRelease: (release) => readings().raise(release),
  responder: { boundary: policy.boundary, region },
  functionName: required('AWS_LAMBDA_FUNCTION_NAME', 'the name of the function'),
});

let store: ReadingsStore | undefined;

function readings(): ReadingsStore {
  store ??= new ReadingsStore(
    repeatDenied(new DynamoDBClient(callsAs('dynamodb', region)), region),
    required('READINGS_TABLE', 'the table of check results'),
  );
  return store;
}
