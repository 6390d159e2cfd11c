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

The limits are [from this page](${source}), as of ${asOf}. AWS counts every character that an API receives, so the files contain no white space. Up to ${own} SCPs can be attached
to a root, unit or account, in addition to \`FullAWSAccess\`; those of Control Tower count.

## What isn't refused yet

This is a first version, which was never attached to an organization. These documents don't refuse everything: \`docs/PERIMETER.md\` of the package cdk-eu-residency lists the calls under "What isn't refused yet", with
what to do meanwhile. Read it before you rely on the documents. Among them are passing a deployment's role to own code, and what AWS services place with roles of their own.

Don't attach them yet to accounts that AWS Control Tower or the Landing Zone Accelerator manages: the documents deny to \`AWSControlTowerExecution\` what enrolling, updating and repairing an account needs.
The list of roles that deploy can't contain this role.

## Attach them in this order

1. Bootstrap the accounts (\`cdk bootstrap\`), or add the role that bootstraps to \`perimeter.deployRoles\`: no other principal can create the roles that deploy.
   A listed role must be one of federated sign-in, because only AWS services can assume it with \`sts:AssumeRole\`. List no role whose SAML or OpenID provider is in the account itself: the provider isn't protected.
   If StackSets with permissions of the service deploy to the accounts, list \`stacksets-exec-*\`; otherwise they can't create or update the hook there.
2. Delete the default VPCs in each Region: they have an internet gateway, and the documents deny new ones only.
3. Enable the policy types of the table in the organization.
4. Attach all documents to a **test unit** with one account. Deploy there, run \`eu-residency doctor\`, and look for \`explicit deny\` in CloudTrail for a week.
5. Move accounts in, or attach the documents to further units. Attach them to the root last, if at all.

- Terraform: \`perimeter.tf.json\`, with the IDs of the units in \`targets\`.
- CloudFormation, in the management account or a delegated administrator's: \`perimeter.template.json\`, with the IDs in \`Targets\`.
- Landing Zone Accelerator: copy the documents to \`${COPIED_TO}/\` in its repository, and merge \`organization-config.yaml\`. It has no AI services opt-out policy.
- Control Tower: copy the documents to \`${COPIED_TO}/\` in the package of Customizations for AWS Control Tower, and add the resources of \`manifest.yaml\`. Attach
  the AI services opt-out policy yourself.
- The permissions boundary belongs to each account. \`perimeter.permissionsBoundary: true\` deploys it.

After a change, a statement can be in another document than before. Tools replace documents one after the other, so attach the new ones under other names, run \`eu-residency policies diff\`, and then detach the old ones.

## What stays allowed outside the Regions

Only these actions. Each row says why.

| action | why |
|---|---|
${GLOBAL_ACTIONS.map(({ action, reason, source: page }) => `| \`${action}\` | ${reason} [Source](${page}) |`).join('\n')}

## What the policies can't do

- SCPs and RCPs don't bind the management account, and SCPs don't bind service-linked roles. Run nothing in the management account.
- They decide on requests. What is already stored outside, or shared, stays so, and so do gateways that exist.
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
