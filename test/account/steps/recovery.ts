import assert from 'node:assert/strict';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { Deployed } from '../../deploy/harness/deployed';
import { WORKSPACE } from '../../deploy/read-back/context';
import { sameIdentities } from '../../deploy/scenarios/same-identities';
import type { Account, Deployment } from '../account';
import { RECOVERY, sample } from '../sample';
import { requireDeployment, type Step } from '../step';
import { deployAll } from './deploy';

export const recovery: Step = {
  id: 'recovery',
  does: `Enables recovery in ${RECOVERY}: the stacks there, and replicas of the workspace's table and bucket.`,
  hours: 26,
  async run(account, given) {
    const before = requireDeployment(given);
    const deployment = await deployAll(
      account,
      await account.synth('recovery', sample({ recovery: true })),
      'with recovery',
    );
    await account.report.check('nothing was replaced', () => {
      sameIdentities(before.deployed, deployment.deployed, []);
    });
    await replicaIsActive(account, deployment);
    return deployment;
  },
};

export const replica: Step = {
  id: 'replica',
  does: "Reads the state of the table's replica a day later, and runs the function that copies the keys of members.",
  hours: 1,
  after: { step: 'recovery', hours: 24 },
  async run(account, given) {
    const deployment = requireDeployment(given);
    await replicaIsActive(account, deployment);
    await account.report.check('the function that copies the keys of members runs', async () => {
      const { physicalId: FunctionName } = deployment.deployed.one(
        'AWS::Lambda::Function',
        `${WORKSPACE}/RecoveryKeys/Copy`,
      );
      const { FunctionError } = await account.aws.lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
      assert.equal(FunctionError, undefined);
    });
    return { ...deployment, deployed: await Deployed.read(account.aws, deployment.assembly) };
  },
};

async function replicaIsActive({ report, aws }: Account, { deployed }: Deployment): Promise<void> {
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
  await report.check(`the table's replica in ${RECOVERY} is active`, async () => {
    const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName }));
    const found = Table?.Replicas?.find(({ RegionName }) => RegionName === RECOVERY);
    assert.equal(found?.ReplicaStatus, 'ACTIVE');
  });
}
