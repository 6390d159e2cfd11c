import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListResourceTagsCommand } from '@aws-sdk/client-kms';
import type { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { WORK } from '../harness/folders';
import { sampleText } from '../harness/sample';
import { lifecycle } from '../read-back/buckets';
import { type Context, WORKSPACE } from '../read-back/context';
import type { Data } from './data';
import { certificate, DOMAIN } from './domain';
import { type BaseUrls, baseUrlsOf } from './tenants';

/** A deployment of the sample, or of its update. */
export interface Deployment {
  readonly assembly: string;
  readonly deployed: Deployed;
  readonly baseUrls: BaseUrls;
}

/** Another retention period and a domain in residency.yaml change only what depends on them. */
export async function update({ report, aws, deployed }: Context, cdk: Cdk, data: Data): Promise<Deployment> {
  const config = path.join(WORK, 'residency.yaml');
  const domain = `domain: { name: ${DOMAIN}, certificate: ${await certificate(aws)} }\n`;
  writeFileSync(config, sampleText().replace('retention: 365d', 'retention: 180d') + domain);
  const assembly = path.join(WORK, 'assembly-updated');
  await report.require('cdk synth with a retention of 180 days and a domain', () => cdk.synth(assembly, config));
  const outputs = await report.require(
    'cdk deploy --all with the change',
    () => cdk.deploy(assembly),
    () => '',
  );
  const after = await Deployed.read(aws, assembly);

  await report.check('the changed stack is in UPDATE_COMPLETE, and no stack has failed', async () => {
    const { Stacks } = await aws.cloudFormation.send(new DescribeStacksCommand({}));
    const status = (name: string) => Stacks?.find(({ StackName }) => StackName === name)?.StackStatus ?? '';
    assert.equal(status('exemple-workspace-sciences'), 'UPDATE_COMPLETE');
    for (const name of deployed.stacks) assert.match(status(name), /^(CREATE|UPDATE)_COMPLETE$/);
  });
  await report.check("files expire after 180 days, as the key's tag states", async () => {
    const Bucket = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
    assert.equal((await lifecycle(aws, Bucket))[0]?.days, 180);
    const { Tags } = await aws.kms.send(
      new ListResourceTagsCommand({ KeyId: deployed.one('AWS::KMS::Key', WORKSPACE).physicalId }),
    );
    assert.equal(Tags?.find(({ TagKey }) => TagKey === 'residency:retention')?.TagValue, '180d');
  });
  await report.check('no resource was replaced, except the deployments that publish the APIs again', () => {
    for (const { path: place, type, physicalId } of deployed.resources) {
      const now = after.resources.find((resource) => resource.path === place && resource.type === type);
      // A change of an API's settings takes effect with its next deployment.
      if (type === 'AWS::ApiGateway::Deployment') assert.notEqual(now?.physicalId, physicalId, place);
      else assert.equal(now?.physicalId, physicalId, place);
    }
    return `${after.resources.length} resources`;
  });
  await report.check('the stored data is still there', () => data.requireIntact());
  return { assembly, deployed: after, baseUrls: baseUrlsOf(outputs) };
}
