import { z } from 'zod';
import { list, text } from './fields';

const ORGANIZATION_ALLOWED = "an organization's ID, such as o-exampleorgid";
const ROLE_ALLOWED = "a role's name, without its path; * stands for any text";

/** The names of the roles with which the CDK CLI's bootstrap lets CloudFormation deploy. */
export const DEFAULT_DEPLOY_ROLES = ['cdk-*-cfn-exec-role-*'];

export const perimeter = z
  .strictObject(
    {
      organization: text(ORGANIZATION_ALLOWED, /^o-[a-z0-9]{10,32}$/).describe(
        'The ID of your organization in AWS Organizations.',
      ),
      deployRoles: list(text(ROLE_ALLOWED, /^[\w+=,.@*-]{1,64}$/), 'a list of names of roles')
        .min(1, 'a list of at least one name of a role')
        .meta({ uniqueItems: true })
        .optional()
        .describe(
          "The roles that deploy, in every account; by default those of CDK's bootstrap, `cdk-*-cfn-exec-role-*`. Only they manage Bedrock's settings and the perimeter itself.",
        ),
      permissionsBoundary: z
        .boolean('true or false')
        .optional()
        .describe("Whether every role of the deployment has the perimeter's permissions boundary. By default `false`."),
    },
    "a mapping with 'organization'",
  )
  .describe(
    'What `eu-residency policies` writes for your organization: its service and resource control policies, and a permissions boundary.',
  );
