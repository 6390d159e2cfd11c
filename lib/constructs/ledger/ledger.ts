import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { LedgerVariables } from '../../contract/environment';
import type { LedgerPolicy } from '../../contract/policies/ledger-policy';
import { notifyKeyDisabled } from '../alerts/key-disabled';
import type { Foundation } from '../foundation/foundation';
import { OutsideFunction } from '../functions/outside-function';
import type { InferenceGateway } from '../gateway/inference-gateway';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import { roleNameOf } from '../shared/role-name';
import { LedgerAlarms } from './ledger-alarms';
import { LedgerKey } from './ledger-key';
import { inStatements } from './log-statements';

/** Construction properties for a Ledger. */
export interface LedgerProps {
  /** The boundary in which the ledger may be. */
  readonly boundary: ResidencyBoundary;

  /** The foundation whose evidence bucket holds the ledger, and whose alerts report a gap. */
  readonly foundation: Foundation;

  /** The gateways whose requests it records: those of the foundation, in its Region. */
  readonly gateways: InferenceGateway[];
}

/** Minutes after the hour: later than the lines of the hour before need to arrive. */
const MINUTE = '10';

/**
 * The ledger of requests. Each hour, a function copies the records of the gateways' requests into the evidence bucket,
 * without members, as leaves of one Merkle tree, and signs the head of the tree with a key of KMS. After that, a record
 * that is changed, removed or inserted contradicts the signed head. Until the hour ends, only the permissions of the log
 * protect it.
 *
 * A foundation has at most one ledger.
 */
export class Ledger extends Construct {
  /** The ARN of the key that signs checkpoints. `aws kms get-public-key` returns its public key. */
  public readonly keyArn: string;

  /** The function that writes the ledger. */
  public readonly handler: lambda.IFunction;

  /** The name of the ledger, which is the first line of each checkpoint. */
  public readonly origin: string;

  /** @throws if there is no gateway, or the stack isn't in the Region of the foundation */
  constructor(scope: Construct, id: string, props: LedgerProps) {
    super(scope, id);
    const { boundary, foundation } = props;
    this.requireHere(props);
    const { account, region, stackName } = Stack.of(this);
    const prefixes = props.gateways.map(({ _logGroupPrefix: prefix }) => prefix);
    const roleName = roleNameOf(this);
    const { handler, role } = new OutsideFunction(this, 'Close', {
      bundle: 'jobs',
      policy: {
        boundary: boundary.name,
        ledger: stackName,
        logGroups: prefixes,
        ...foundation._ledgerWriters.lock,
      } satisfies LedgerPolicy,
      description: 'Writes the records of each hour into the ledger of requests',
      environment: {
        UPKEEP_FUNCTION: 'ledger',
        EVIDENCE_BUCKET: foundation.evidenceBucket.bucketName,
        LEDGER_KEY_ARN: Lazy.string({ produce: () => this.keyArn }),
      } satisfies LedgerVariables,
      logKey: foundation.logKey,
      logRetention: logs.RetentionDays.SIX_MONTHS,
      timeout: Duration.minutes(15),
      // An hour with the most records fits into it.
      memorySize: 3_008,
      // The key of the evidence bucket names the role before it is created.
      roleName,
    });
    this.handler = handler;
    this.origin = `cdk-eu-residency/${account}/${region}/${stackName}`;
    const { key, keyArn } = new LedgerKey(this, 'Key', { boundary, signer: role });
    this.keyArn = keyArn;
    notifyKeyDisabled(
      new Construct(this, 'KeyWatch'),
      foundation._channel,
      [key],
      'No hour of the ledger is closed without this key.',
    );
    foundation._ledgerWriters.add(role, roleName);
    this.grantReadLogs(role, prefixes);
    const rule = new events.Rule(this, 'EveryHour', {
      description: 'Closes the last hour of the ledger of requests',
      schedule: events.Schedule.cron({ minute: MINUTE }),
      targets: [new targets.LambdaFunction(handler, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
    rule.node.addDependency(role);
    new LedgerAlarms(this, 'Alarms', { handler, channel: foundation._channel });
  }

  private grantReadLogs(role: iam.Role, prefixes: readonly string[]): void {
    const stack = Stack.of(this);
    const group = (name: string) => stack.formatArn({ service: 'logs', resource: `log-group:${name}*` });
    const statements = [
      ...inStatements(this, prefixes.map(group)).map((resources) => ({ actions: ['logs:FilterLogEvents'], resources })),
      // The action has no resource. It lists names.
      { actions: ['logs:DescribeLogGroups'], resources: ['*'] },
    ];
    for (const statement of statements) role.addToPolicy(new iam.PolicyStatement(statement));
    const reason =
      'CloudFormation chooses the end of the name of a log group, and the action that lists names has no resource';
    acknowledgeObjects(role, [...prefixes.map(group), '*'], reason);
  }

  private requireHere({ foundation, gateways }: LedgerProps): void {
    const { region } = Stack.of(foundation);
    const found = Stack.of(this).region;
    if (gateways.length > 0 && found === region) return;
    throw new Error(
      `${this.node.path}: a ledger needs at least one gateway, and a stack in ${region}, the Region of its foundation, got ` +
        `${gateways.length} gateways and a stack in '${found}'; pass the gateways of the foundation, and set 'env.region'`,
    );
  }
}
