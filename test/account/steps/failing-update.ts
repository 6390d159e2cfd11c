import assert from 'node:assert/strict';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { WORKSPACE } from '../../deploy/read-back/context';
import { failedUpdate } from '../../deploy/scenarios/failed-update';
import { requireDeployment, type Step } from '../step';

export const failingUpdate: Step = {
  id: 'failing-update',
  does: "Deploys an update of the workspace's stack that KMS refuses, and compares the state afterwards with the state before.",
  hours: 1,
  async run({ report, aws, cdk }, given) {
    const deployment = requireDeployment(given);
    const TableName = deployment.deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
    // Administrators can't read content in an account; the state compares everything else.
    const requireIntact = async () => {
      const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName }));
      assert.equal(Table?.TableStatus, 'ACTIVE');
    };
    await failedUpdate({ report, aws, deployed: deployment.deployed }, cdk, { requireIntact }, deployment.assembly);
    return deployment;
  },
};
