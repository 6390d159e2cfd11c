import type { Writable } from 'node:stream';
import { egressSchema } from '../../contract/schemas/egress-schema';
import { deployedPolicy } from '../aws/deployed-policy';
import { storeEndpoint } from '../aws/endpoint';
import { requiredFrom } from '../aws/required';
import { roleCredentials } from '../aws/role-credentials';
import { connector } from './connect';
import { createEgress } from './egress';
import { requireNeutral } from './environment';
import { admitEgress } from './policy';
import { ProviderKeys } from './provider-keys';
import { SecretsClient } from './secrets-client';

requireNeutral(process.env);
const policy = admitEgress(deployedPolicy(egressSchema, 'the egress function', process.env));
const region = requiredFrom(process.env)('AWS_REGION', 'the Region of the function');
const endpoint = storeEndpoint(policy.boundary, 'secretsmanager', region, process.env);
const secrets = new SecretsClient(region, endpoint, () => roleCredentials(process.env));
const egress = createEgress({
  policy,
  keys: new ProviderKeys((secret) => secrets.current(secret)),
  connect: connector(),
});

/** Sends requests of the deployment's gateways to providers outside AWS. */
export const handler = awslambda.streamifyResponse(
  (event: unknown, stream: Writable, context: { readonly invokedFunctionArn: string }) =>
    egress(event, stream, context),
);
