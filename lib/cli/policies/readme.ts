import { fileOf } from '../../perimeter/organization/attachable';
import type { PerimeterDocument } from '../../perimeter/organization/document';
import { GLOBAL_ACTIONS } from '../../perimeter/organization/global-actions';
import { characterLimit, policyLimit } from '../../perimeter/organization/policy-limits';
import { policyText } from '../../perimeter/organization/policy-text';
import { type PerimeterScope, regionsOf } from '../../perimeter/organization/scope';
import { COPIED_TO } from './landing-zone-forms';

/** A line for each document: its size against the limit. */
export const sizeLines = (documents: readonly PerimeterDocument[], { partition }: PerimeterScope): string[] =>
  documents.map(({ name, kind, content }) => {
    const limit = characterLimit(kind, partition);
    const size = policyText(content).length;
    return `${name}: ${size}${limit === undefined ? '' : ` of ${limit}`} characters`;
  });

/** The page that explains the files. */
export function readmeOf(documents: readonly PerimeterDocument[], scope: PerimeterScope): string {
  const { source, asOf, own } = policyLimit('scp', scope.partition);
  return `# Policies of your perimeter

\`eu-residency policies\` derived these files from the boundary \`${scope.boundary.name}\` in the partition \`${scope.partition}\`: ${regionsOf(scope).join(', ')}.
They are for the organization \`${scope.organization}\`, ${scope.hasEgress ? 'with' : 'without'} an egress stack. The roles that deploy are ${scope.deployRoles.map((name) => `\`${name}\``).join(', ')}.
Run the command again after each change of the boundary or new version of the package; change nothing by hand.

## The documents

| file | kind | characters | what it does |
|---|---|---|---|
${documents.map((document) => row(document, scope)).join('\n')}

[AWS's limits](${source}), as of ${asOf}, count every character that an API receives, so the files contain no white space. Up to ${own} SCPs can be attached
to a root, unit or account, in addition to \`FullAWSAccess\`; those of Control Tower count.

## Attach them in this order

1. Bootstrap the accounts (\`cdk bootstrap\`), or add the role that bootstraps to \`perimeter.deployRoles\`: no other principal can create the roles that deploy.
   A listed role must be one of federated sign-in, because only AWS services can assume it with \`sts:AssumeRole\`.
2. Enable the policy types of the table in the organization.
3. Attach all documents to a **test unit** with one account. Deploy there, run \`eu-residency doctor\`, and look for \`explicit deny\` in CloudTrail for a week.
4. Move accounts in, or attach the documents to further units. Attach them to the root last, if at all.

- Terraform: \`perimeter.tf.json\`, with the IDs of the units in \`targets\`.
- CloudFormation, in the management account or a delegated administrator's: \`perimeter.template.json\`, with the IDs in \`Targets\`.
- Landing Zone Accelerator: copy the documents to \`${COPIED_TO}/\` in its repository, and merge \`organization-config.yaml\`. It has no AI services opt-out policy.
- Control Tower: copy the documents to \`${COPIED_TO}/\` in the package of Customizations for AWS Control Tower, and add the resources of \`manifest.yaml\`. Attach
  the AI services opt-out policy yourself.
- The permissions boundary belongs to each account. \`perimeter.permissionsBoundary: true\` deploys it.

## What stays allowed outside the Regions

Only these actions. Each is of a control plane with one Region for the whole partition.

| action | why |
|---|---|
${GLOBAL_ACTIONS.map(({ action, reason, source: page }) => `| \`${action}\` | ${reason} [Source](${page}) |`).join('\n')}

## What the policies can't do

- SCPs and RCPs don't bind the management account, and SCPs don't bind service-linked roles. Run nothing in the management account.
- They decide on requests. What is already stored outside, or shared, stays so.
- Anyone who may update a stack that has a deploying role deploys with it. Restrict \`cloudformation:UpdateStack\`, and deploy the hook.
- AWS processes what a request inside the Regions asks for where its documentation says. No policy can check that.
`;
}

const row = (document: PerimeterDocument, { partition }: PerimeterScope): string => {
  const limit = characterLimit(document.kind, partition);
  const size = policyText(document.content).length;
  const kind = {
    scp: 'SCP',
    rcp: 'RCP',
    'permissions-boundary': 'permissions boundary',
    'bedrock-policy': 'Bedrock policy',
    'ai-opt-out': 'AI services opt-out policy',
  }[document.kind];
  return `| \`${fileOf(document)}\` | ${kind} | ${size}${limit === undefined ? '' : ` of ${limit}`} | ${document.description} |`;
};
