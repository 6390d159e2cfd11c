import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GetPolicyCommand, GetPolicyVersionCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { loadConfig } from '@/lib/config/load';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { sampleFile } from '../harness/sample';
import { DeployedApis } from '../scenarios/deployed-apis';
import { StoredContent } from '../scenarios/stored-content';
import { baseUrlsOf } from '../scenarios/tenants';
import { REGION, type RunContext } from './run';

/** The sample under the permissions boundary of its perimeter: deployed, read back and called. */
export async function perimeterRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const assembly = path.join(WORK, 'assembly');
  const file = sampleFile();
  const perimeter = '\nperimeter: { organization: o-exampleorgid, permissionsBoundary: true }\n';
  writeFileSync(file, readFileSync(file, 'utf8') + perimeter);
  report.section('deploy');
  await report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT)));
  await report.require(
    'cdk synth, whose guard requires the boundary',
    async () => void (await cdk.build(assembly, file)),
  );
  const outputs = await report.require('cdk deploy --all', () => cdk.deploy(assembly));
  const deployed = await Deployed.read(aws, assembly);
  const required = loadConfig(file).declarations.permissionsBoundary;

  report.section('read back');
  const arn = `arn:aws:iam::${ACCOUNT}:policy/${required?.policyName}`;
  await report.check('every role of every stack has the boundary', async () => {
    const roles = deployed.ofType('AWS::IAM::Role');
    const without: string[] = [];
    for (const { path: place, physicalId } of roles) {
      const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: physicalId }));
      if (Role?.PermissionsBoundary?.PermissionsBoundaryArn !== arn) without.push(place);
    }
    assert.deepEqual(without, []);
    assert.ok(roles.length > 20);
    return `${roles.length} roles`;
  });
  await report.check('the policy has the document that the boundary requires', async () => {
    const { Policy } = await aws.iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    const { PolicyVersion } = await aws.iam.send(
      new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
    );
    assert.deepEqual(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')), required?.documents?.[0]);
  });

  report.section('call');
  const context = { report, aws, deployed };
  const apis = await DeployedApis.start(context, tools);
  try {
    const content = new StoredContent(context, apis, baseUrlsOf(outputs));
    await report.check('the functions store content under the boundary, and read it back', async () => {
      await content.write('the sample', apis.apiGateway);
      await content.requireOpen(apis.apiGateway);
    });
  } finally {
    await apis.stop();
  }
}
