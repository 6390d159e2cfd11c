import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { PROVIDED, withPeople } from '../harness/people-config';
import { sampleText } from '../harness/sample';
import { DeployedApis } from '../scenarios/deployed-apis';
import { backgroundJobs } from '../scenarios/people/background-jobs';
import { memberKeys } from '../scenarios/people/member-keys';
import { officeFiles } from '../scenarios/people/office-files';
import { openProjects } from '../scenarios/people/open-projects';
import { deactivate, type Provisioned, provision } from '../scenarios/people/scim';
import { baseUrlsOf } from '../scenarios/tenants';
import { REGION, type RunContext } from './run';

/** The sample with keys for members, SCIM, background jobs, office files and open projects from the start. */
export async function peopleRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const assembly = path.join(WORK, 'assembly');
  report.section('deploy');
  await Promise.all([
    report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT))),
    report.require(
      'cdk synth with keys, SCIM, background jobs, office files and open projects',
      async () => void (await cdk.build(assembly, withPeople(sampleText(), 'people.yaml', { scim: true }))),
    ),
  ]);
  const outputs = await report.require(
    'cdk deploy --all',
    () => cdk.deploy(assembly),
    () => '',
  );
  const context = { report, aws, deployed: await Deployed.read(aws, assembly) };
  const apis = await DeployedApis.start(context, tools, { ...PROVIDED, grouped: false });
  const people = { context, apis, apiGateway: apis.apiGateway, baseUrls: baseUrlsOf(outputs) };
  try {
    const provisioned: Provisioned[] = [];
    await report.group('SCIM', async () => void provisioned.push(await provision(people)));
    await report.group('keys of members', () => memberKeys(people));
    await report.group('background jobs', () => backgroundJobs(people));
    await report.group('office files', () => officeFiles(people));
    await report.group('open projects', () => openProjects(people));
    await report.group('SCIM: members leave', async () => {
      for (const one of provisioned) await deactivate(people, one);
    });
  } finally {
    await apis.stop();
  }
}
