import { CloudFormationClient, paginateDescribeStacks, type Stack } from '@aws-sdk/client-cloudformation';
import { repeatCreation } from '../../../contract/repeat-creation';
import { stackDescription } from '../../../contract/stack-description';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { type Check, deployRegions } from './subject';
import { unseen } from './unseen';

const of = linesOf('stacks');

/** In these states, a stack's first deployment was refused, and `cdk deploy` deletes it before it creates it again. */
const NOT_CREATED: readonly unknown[] = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'];

/** Whether a stack of the deployment is in a state from which `cdk deploy` alone doesn't continue. */
export const stacks: Check = async (subject) =>
  (
    await inTurns(deployRegions(subject), 4, async (region): Promise<DoctorLine[]> => {
      const client = new CloudFormationClient(clientSettings(subject.caller, 'cloudformation', region));
      try {
        const own: Stack[] = [];
        for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
          own.push(...Stacks.filter((stack) => isOf(stack, subject.deployment.name)));
        }
        const stuck = own.flatMap((stack) => lineOf(stack, region));
        return stuck.length > 0 ? stuck : [of(region).ok(own.length === 0 ? 'none yet' : `${own.length}, none stuck`)];
      } catch (error) {
        return [unseen(of(region), region, 'cloudformation:DescribeStacks', error)];
      }
    })
  ).flat();

const isOf = ({ Description = '' }: Stack, deployment: string) => Description.startsWith(stackDescription(deployment));

function lineOf({ StackName = '', StackStatus, EnableTerminationProtection }: Stack, region: string): DoctorLine[] {
  const stack = `--stack-name ${StackName} --region ${region}`;
  const commands = repeatCreation(StackName, region);
  const creation = EnableTerminationProtection ? commands : commands.slice(1);
  const stuck = (what: string, ...fix: string[]) => {
    const reasons = `aws cloudformation describe-stack-events ${stack} --query "${FAILED}" --output table`;
    return [of(region).missing(`${StackName}: ${what}`, `${fix.join(' && ')}; the reason is in: ${reasons}`)];
  };
  if (NOT_CREATED.includes(StackStatus)) return stuck(`its first deployment was refused (${StackStatus})`, ...creation);
  switch (StackStatus) {
    case 'CREATE_FAILED':
      return stuck('its first deployment failed and was not rolled back', `npx cdk rollback ${StackName}`, ...creation);
    case 'UPDATE_FAILED':
      return stuck('an update failed and was not rolled back', `npx cdk rollback ${StackName}`);
    case 'UPDATE_ROLLBACK_FAILED':
      return stuck(
        'an update was refused, and so was its rollback',
        `aws cloudformation continue-update-rollback ${stack}`,
      );
    case 'DELETE_FAILED':
      return stuck(
        'its deletion was refused, so it can neither be updated nor created again',
        `aws cloudformation delete-stack ${stack}`,
      );
    default:
      return [];
  }
}

/** The events that say why, as a query of the AWS CLI. */
const FAILED = "StackEvents[?ends_with(ResourceStatus,'_FAILED')].[LogicalResourceId,ResourceStatusReason]";
