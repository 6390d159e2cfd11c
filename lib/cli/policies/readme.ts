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
They are for the organization \`${scope.organization}\`, ${scope.hasEgress ? 'with' : 'without'} an egress stack. The roles that deploy are ${named(scope.deployRoles)}.
${managementLine(scope)}
Run the command again after each change of the boundary or new version of the package; change nothing by hand.

## The documents

| file | kind | characters | what it does |
|---|---|---|---|
${documents.map((document) => row(document, scope)).join('\n')}

The limits are [from this page](${source}), as of ${asOf}. AWS counts every character that an API receives, so the files contain no white space. Up to ${own} SCPs can be attached
to a root, unit or account, in addition to \`FullAWSAccess\`; those of Control Tower count.

## What isn't refused yet

This is a first version, which was never attached to an organization. These documents don't refuse everything: \`docs/PERIMETER.md\` of the package cdk-eu-residency lists the calls under "What isn't refused yet", with
what to do meanwhile. Read it before you rely on the documents. Among them are what a service places into a subnet with a role of its own, and changes of tables and queues.

## Attach them in this order

1. Bootstrap the accounts (\`cdk bootstrap\`), or add the role that bootstraps to \`perimeter.deployRoles\`: no other principal can create the roles that deploy.
   A listed role must be one of federated sign-in, because only AWS services can assume it with \`sts:AssumeRole\`. Check a SAML or OpenID provider of the account itself before you list its role: with the documents attached, only deployers change it.
   If AWS Control Tower, the Landing Zone Accelerator or StackSets work in the accounts, name their roles in \`perimeter.managementRoles\`; otherwise they can't set up an account, or update the hook there.
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

A document changes in place. If one becomes too large, a later one takes a statement, and Terraform and CloudFormation update the later ones first. If a statement returns to an earlier document, or with another tool,
freeze the accounts during the update. Run \`eu-residency policies diff\` after each.

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

const named = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** What else the documents name. */
function managementLine({ managementRoles = [], managementAccount, deployments = [] }: PerimeterScope): string {
  const tools =
    managementRoles.length === 0
      ? "Roles of AWS's tools, such as Control Tower and StackSets, are bound: none is named."
      : `${named(managementRoles)} may set up accounts, assumed by AWS services${managementAccount === undefined ? '' : ` and the account ${managementAccount}`} only.`;
  return `${tools} ${deployments.length === 0 ? 'No deployment is named, so its roles can be passed to other code.' : `Only the roles that deploy pass the roles of ${named(deployments)}.`}`;
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
