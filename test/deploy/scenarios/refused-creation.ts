import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  type StackEvent,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import type { Caller } from '@/lib/cli/aws/caller';
import { stacks as doctorLines } from '@/lib/cli/aws/doctor/stacks';
import type { Subject } from '@/lib/cli/aws/doctor/subject';
import { readConfig } from '@/lib/config/load';
import type { Aws } from '../harness/aws';
import type { Cdk } from '../harness/cdk';
import { ACCOUNT } from '../harness/emulator';
import type { Report } from '../harness/report';

/** Resources that a refused first creation may leave, by the ends of their construct paths; OPERATIONS lists them. */
const LEFT: readonly RegExp[] = [
  /^AWS::DynamoDB::GlobalTable /,
  /^AWS::Cognito::UserPool /,
  /^AWS::S3::BucketPolicy /,
  /^AWS::S3::Bucket \w*Evidence/,
  /^AWS::KMS::Key \w*EvidenceKey/,
  /^AWS::(ApiGateway::Account|IAM::Role) \w*ApiGatewayAccount/,
];

/** The credentials of `doctor`. */
export type DoctorCaller = Pick<Caller, 'credentials'>;

const EMULATED: DoctorCaller = { credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'test' } };

/** A refused first creation of a stack: how it ends, what it leaves, and that two commands repeat it. */
export interface Refusal {
  readonly stack: string;
  /** The assembly that is refused, and the reason in the stack's events. */
  readonly assembly: string;
  readonly reason: RegExp;
  readonly config: string;
}

/** A resource that a refused creation left. */
interface Left {
  readonly type: string;
  readonly id: string;
  readonly physicalId: string;
}

export class RefusedCreation {
  constructor(
    private readonly report: Report,
    private readonly aws: Aws,
    private readonly cdk: Cdk,
    private readonly caller: DoctorCaller = EMULATED,
  ) {}

  public async check(what: string, { stack, assembly, reason, config }: Refusal): Promise<void> {
    const { report } = this;
    await report.require(`${stack}: cdk deploy is refused: ${what}`, async () => {
      await this.cdk.failToDeploy(assembly, stack);
    });
    await report.check(`${stack}: it ends in ROLLBACK_COMPLETE, protected, with the reason`, async () => {
      const found = await this.describe(stack);
      assert.deepEqual([found?.StackStatus, found?.EnableTerminationProtection], ['ROLLBACK_COMPLETE', true]);
      const reasons = (await this.events(stack)).map((event) => event.ResourceStatusReason ?? '');
      assert.ok(
        reasons.some((text) => reason.test(text)),
        reasons.filter((text) => text !== '').join('\n'),
      );
    });
    await report.check(`${stack}: only empty protected stores, the evidence and shared settings are left`, async () => {
      const left = (await this.left(stack)).map(({ type, id }) => `${type} ${id}`);
      assert.deepEqual(
        left.filter((one) => !LEFT.some((pattern) => pattern.test(one))),
        [],
      );
      return `${left.length} left`;
    });
    await report.check(`${stack}: cdk deploy alone is refused because of the protection`, async () => {
      assert.match(await this.cdk.failToDeploy(assembly, stack), /TerminationProtection is enabled/);
    });
    await report.require(
      `${stack}: the first of the commands that doctor prints turns the protection off`,
      async () => {
        const [first = '', second] =
          (await this.doctor(stack, config)).split('; the reason is in: ')[0]?.split(' && ') ?? [];
        assert.equal(second, 'npx cdk deploy --all');
        const argument = (name: string) => new RegExp(`--${name} (\\S+)`).exec(first)?.[1];
        assert.match(first, /^aws cloudformation update-termination-protection --no-enable-termination-protection /);
        assert.deepEqual([argument('stack-name'), argument('region')], [stack, this.aws.region]);
        const unprotected = { StackName: argument('stack-name'), EnableTerminationProtection: false };
        await this.aws.cloudFormation.send(new UpdateTerminationProtectionCommand(unprotected));
      },
    );
  }

  /** The stack is created, and protected again. */
  public async requireCreated(stack: string): Promise<void> {
    const { report } = this;
    await report.check(`${stack}: the second command created it, protected`, async () => {
      const found = await this.describe(stack);
      assert.deepEqual([found?.StackStatus, found?.EnableTerminationProtection], ['CREATE_COMPLETE', true]);
    });
  }

  /** The fix on doctor's line about the stack. */
  private async doctor(stack: string, config: string): Promise<string> {
    const { boundary, deployment } = readConfig(readFileSync(config, 'utf8'), 'residency.yaml');
    const { credentials } = this.caller;
    const environment = this.aws.endpoint === '' ? process.env : { AWS_ENDPOINT_URL: this.aws.endpoint };
    const caller = { credentials, calls: { boundary, environment, timeoutMs: 10_000 } };
    const lines = await doctorLines({ boundary, deployment, caller } as unknown as Subject);
    const line = lines.find(({ found }) => found.startsWith(`${stack}: its first deployment was refused`));
    assert.ok(line?.fix, JSON.stringify(lines));
    return line.fix;
  }

  private async describe(StackName: string) {
    return (await this.aws.cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  }

  /** What the rollback didn't delete. */
  public async left(stack: string): Promise<readonly Left[]> {
    const found = new Map<string, StackEvent>();
    for (const event of (await this.events(stack)).toReversed()) {
      if (event.ResourceType !== 'AWS::CloudFormation::Stack') found.set(event.LogicalResourceId ?? '', event);
    }
    return [...found.values()]
      .filter(({ ResourceStatus = '' }) => !['DELETE_COMPLETE', 'CREATE_FAILED'].includes(ResourceStatus))
      .map(({ ResourceType: type = '', LogicalResourceId: id = '', PhysicalResourceId: physicalId = '' }) => ({
        type,
        id,
        physicalId,
      }));
  }

  /** The events of this creation, newest first. */
  private async events(stack: string): Promise<StackEvent[]> {
    const StackName = (await this.describe(stack))?.StackId;
    const all: StackEvent[] = [];
    for await (const page of paginateDescribeStackEvents({ client: this.aws.cloudFormation }, { StackName }))
      all.push(...(page.StackEvents ?? []));
    return all;
  }
}
