import { scimSchema } from '../../contract/schemas/scim-schema';
import { deployedPolicy } from '../aws/deployed-policy';
import { lambdaHandler } from '../http/handler/lambda-handler';
import { deployedScim } from './deployed-scim';

const policy = deployedPolicy(scimSchema, 'SCIM', process.env);

/** Serves a workspace's identity system, which sends users and groups. */
export const handler = lambdaHandler(deployedScim(policy, process.env), async () => {});
