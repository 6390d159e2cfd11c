import { lambdaHandler, policyText } from '../gateway/lambda-handler';
import { deployedAdministration } from './deployed-administration';
import { parseMembersPolicy } from './policy';

const policy = parseMembersPolicy(policyText(process.env));

/** Serves administrators of a workspace, who manage its members, and auditors, who read its records. */
export const handler = lambdaHandler(deployedAdministration(policy, process.env), async () => {});
