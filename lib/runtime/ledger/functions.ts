import { randomBytes } from 'node:crypto';
import { ResidencyBoundary } from '../../boundary/boundary';
import type { JobsFunction, LedgerVariables } from '../../contract/environment';
import { ledgerSchema } from '../../contract/schemas/ledger-schema';
import { SALT_BYTES } from '../../ledger/record-leaf';
import { deployedPolicy } from '../aws/deployed-policy';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { kmsClient } from '../aws/kms-client';
import { logsClient } from '../aws/logs-client';
import { requiredFrom } from '../aws/required';
import { roleCredentials } from '../aws/role-credentials';
import { s3Client } from '../aws/s3-client';
import { writeLine } from '../settings/settings-log';
import { CheckpointSigner } from './checkpoint-signer';
import { GatewayLogs } from './gateway-logs';
import { ledgerHandler } from './ledger-handler';
import { LedgerObjects } from './ledger-objects';

/** The function that writes the ledger, by its name in the stacks. */
export const ledgerFunctions = (environment: EnvironmentOf<LedgerVariables>) =>
  ({
    ledger: () => {
      const required = requiredFrom(environment);
      const {
        boundary: declared,
        ledger,
        logGroups,
        days,
        lockMode,
      } = deployedPolicy(ledgerSchema, 'the ledger', environment);
      const boundary = ResidencyBoundary.parse(declared);
      const region = required('AWS_REGION', 'the Region of the function');
      const keyArn = required('LEDGER_KEY_ARN', 'the key that signs checkpoints');
      const credentials = () => roleCredentials(environment);
      const endpoint = (service: 'kms' | 'logs' | 's3') => storeEndpoint(boundary, service, region, environment);
      const kms = kmsClient(region, endpoint('kms'), credentials);
      const now = () => new Date();
      const bucket = {
        client: s3Client(region, endpoint('s3'), credentials),
        name: required('EVIDENCE_BUCKET', 'the bucket of the ledger'),
      };
      const parts = {
        logs: new GatewayLogs(logsClient(region, endpoint('logs'), credentials), logGroups),
        objects: new LedgerObjects({ ...bucket, lock: { mode: lockMode, days }, now }),
        salt: () => randomBytes(SALT_BYTES).toString('base64url'),
      };
      // The account is a part of the name, so no two ledgers have the same.
      const origin = `cdk-eu-residency/${keyArn.split(':')[4]}/${region}/${ledger}`;
      return ledgerHandler({
        parts: async () => ({ ...parts, signer: await CheckpointSigner.open(kms, keyArn, origin) }),
        days,
        functionName: required('AWS_LAMBDA_FUNCTION_NAME', 'the name of the function'),
        log: writeLine,
        now,
      });
    },
  }) satisfies Partial<Record<JobsFunction, () => unknown>>;
