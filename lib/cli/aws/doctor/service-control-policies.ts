import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { inTurns } from '../in-turns';
import { aboutIam, homeOfIam, policySource, simulated } from './simulate';
import { allGuardrails, type Check, deployRegions, processingRegions, type Subject } from './subject';
import { unseen } from './unseen';

const of = linesOf('service control policies');
const LOOK =
  'the management account sees them: aws organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id ';

/** The calls of a deployment in every Region that may process a request. */
const PROCESSING = [
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'bedrock:GetAccountDataRetention',
  'bedrock:PutAccountDataRetention',
  'bedrock:GetModelInvocationLoggingConfiguration',
  'bedrock:GetInferenceProfile',
  'bedrock:GetFoundationModel',
];
/** Some of its calls in the Regions that stacks are deployed to: one per service. */
const DEPLOYING = [
  'apigateway:POST',
  'cloudformation:CreateChangeSet',
  'cloudtrail:CreateTrail',
  'cloudwatch:PutMetricAlarm',
  'cognito-idp:CreateUserPool',
  'dynamodb:CreateTable',
  'ec2:CreateVpc',
  'ec2:CreateVpcEndpoint',
  'events:PutRule',
  'iam:CreateRole',
  'kms:CreateKey',
  'lambda:CreateFunction',
  'logs:CreateLogGroup',
  's3:CreateBucket',
  'sns:CreateTopic',
  'wafv2:CreateWebACL',
];

/** Whether the organisation denies calls of the deployment, as far as an account can see that. */
export const serviceControlPolicies: Check = async (subject) => {
  const { caller, askIam } = subject;
  if (!askIam) {
    return [
      of().notVisible(
        "whether one denies a call of the deployment; one that denies one of doctor's own reads appears on that check's line",
        `add --ask-iam, which calls IAM's simulator${aboutIam(caller)}, or ${LOOK}${caller.account}`,
      ),
    ];
  }
  let source: string | undefined;
  try {
    source = await policySource(caller);
  } catch (error) {
    return [unseen(of(), homeOfIam(caller), 'iam:GetRole', error)];
  }
  if (source === undefined) {
    return [of().notVisible('IAM simulates a user or a role, and this is neither', `${LOOK}${caller.account}`)];
  }
  const deployed = deployRegions(subject);
  const regions = [...new Set([...deployed, ...processingRegions(subject)])];
  const processing = allGuardrails(subject).length > 0 ? [...PROCESSING, 'bedrock:ApplyGuardrail'] : PROCESSING;
  return inTurns(regions, 4, (region) =>
    about(subject, source, region, deployed.includes(region) ? [...processing, ...DEPLOYING] : processing),
  );
};

async function about(
  { caller }: Subject,
  source: string,
  region: string,
  actions: readonly string[],
): Promise<DoctorLine> {
  const lines = of(region);
  try {
    const denied = await simulated(caller, source, region, actions);
    return denied.length === 0
      ? lines.ok("none denies it, according to IAM's simulator, which ignores policies with conditions")
      : lines.missing(
          `one denies ${denied.join(', ')}`,
          `ask the organisation's administrator to allow it for this account in ${region}; ${LOOK}${caller.account}`,
        );
  } catch (error) {
    return unseen(lines, region, 'iam:SimulatePrincipalPolicy', error);
  }
}
