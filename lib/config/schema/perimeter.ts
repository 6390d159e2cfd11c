import { z } from 'zod';
import { list, slug, text } from './fields';

const ORGANIZATION_ALLOWED = "an organization's ID, such as o-exampleorgid";
const GUARDRAIL_ALLOWED = 'the ARN of a guardrail, a colon and the number of a version';
const GUARDRAIL = /^arn:aws(-eusc)?:bedrock:[a-z0-9-]+:\d{12}:guardrail\/[a-z0-9]{1,64}:[1-9]\d{0,7}$/;
/** What `deployRoles` may have. */
export const ROLE_ALLOWED =
  "a role's name, without its path; * stands for any text, next to at least 8 other characters";
/** With fewer characters, such as `*`, a name matches roles that don't deploy, which the perimeter would exempt. */
export const ROLE_NAME = /^(?=[^*]+$|(?:\**[^*]){8})[\w+=,.@*-]{1,64}$/;

/** The names of the roles with which the CDK CLI's bootstrap lets CloudFormation deploy. */
export const DEFAULT_DEPLOY_ROLES = ['cdk-*-cfn-exec-role-*'];

export const perimeter = z
  .strictObject(
    {
      organization: text(ORGANIZATION_ALLOWED, /^o-[a-z0-9]{10,32}$/).describe(
        'The ID of your organization in AWS Organizations.',
      ),
      deployRoles: list(text(ROLE_ALLOWED, ROLE_NAME), 'a list of at least one name of a role')
        .meta({ uniqueItems: true })
        .optional()
        .describe(
          "The roles that deploy, in every account; by default those of CDK's bootstrap, `cdk-*-cfn-exec-role-*`. Only they manage Bedrock's settings and the perimeter itself.",
        ),
      deployments: list(slug(20), 'a list of at least one name of a deployment')
        .meta({ uniqueItems: true })
        .optional()
        .describe(
          'The names of deployments in your organization, whose roles only the roles that deploy can pass to a function. That of this file is always one of them.',
        ),
      egress: z
        .boolean('true or false')
        .optional()
        .describe(
          'Whether a deployment in the organization has an egress stack, whose internet gateway must stay possible. By default, whether a model of this file has a destination outside AWS.',
        ),
      guardrails: list(text(GUARDRAIL_ALLOWED, GUARDRAIL), 'a list of at least one ARN of a guardrail')
        .optional()
        .describe(
          'Guardrails of the management account, one for each Region, that AWS enforces on calls of models in the accounts to which the Bedrock policy is attached: ARN, colon, version.',
        ),
      managementAccount: text('the 12 digits of an account', /^\d{12}$/)
        .optional()
        .describe(
          'The ID of the management account, from which Control Tower and the Landing Zone Accelerator assume their role. By default, only AWS services assume the roles of `managementRoles`.',
        ),
      managementRoles: list(text(ROLE_ALLOWED, ROLE_NAME), 'a list of at least one name of a role')
        .meta({ uniqueItems: true })
        .optional()
        .describe(
          "The roles with which AWS's tools set up accounts: `AWSControlTowerExecution` for Control Tower and the Landing Zone Accelerator, `stacksets-exec-*` for StackSets. They may make trails, hooks, roles, bucket policies, subscriptions and functions without a VPC.",
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
