import { membersSchema } from '../../contract/schemas/members-schema';
import { deployedPolicy } from '../aws/deployed-policy';
import { lambdaHandler } from '../http/handler/lambda-handler';
import { deployedAdministration } from './deployed-administration';

const policy = deployedPolicy(membersSchema, 'the administration of members', process.env);

/** Serves administrators of a workspace, who manage its members, and auditors, who read its records. */
export const handler = lambdaHandler(deployedAdministration(policy, process.env), async () => {});
