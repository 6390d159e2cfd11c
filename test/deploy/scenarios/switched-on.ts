import path from 'node:path';
import type { ApiGateway } from '../api-gateway/api-gateway';
import type { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { WORK } from '../harness/folders';
import { type Additions, withPeople } from '../harness/people-config';
import type { Context } from '../read-back/context';
import type { DeployedApis } from './deployed-apis';
import { egressOnAndOff, type WithoutEgress } from './egress/switched';
import { backgroundJobs } from './people/background-jobs';
import { createKey, memberKeys } from './people/member-keys';
import { officeFiles } from './people/office-files';
import { openProjects } from './people/open-projects';
import { byKey, type People, withoutCache } from './people/people';
import { deactivate, provision } from './people/scim';
import type { StoredContent } from './stored-content';
import { baseUrlsOf } from './tenants';
import { projectIsServed } from './upgrade';

/**
 * An upgraded deployment of 0.1.0 switches on what that release didn't have: first keys, background jobs, office files and open projects, then
 * models outside AWS, which it switches off again, and SCIM. What any version has stored still opens, with tokens and keys.
 */
export async function switchedOn(
  before: Context,
  cdk: Cdk,
  apis: DeployedApis,
  config: string,
  content: StoredContent,
): Promise<void> {
  const { report, aws } = before;
  const deploy = async (name: string, additions: Additions): Promise<WithoutEgress> => {
    const assembly = path.join(WORK, `assembly-${name}`);
    const file = withPeople(config, `${name}.yaml`, additions);
    await report.require(
      'cdk synth with the additions to residency.yaml',
      () => cdk.synth(assembly, file),
      () => '',
    );
    const outputs = await report.require(
      'cdk deploy --all',
      () => cdk.deploy(assembly),
      () => '',
    );
    const context = { ...before, deployed: await Deployed.read(aws, assembly) };
    return { context, baseUrls: baseUrlsOf(outputs), assembly, config: file };
  };
  const opens = (gateway: ApiGateway) => () => content.requireOpen(gateway);

  const withPeopleOnly: WithoutEgress[] = [];
  await report.group('keys, jobs, office files and open projects are switched on', async () => {
    const deployment = await deploy('people', { scim: false });
    withPeopleOnly.push(deployment);
    const { context, baseUrls } = deployment;
    await apis.inOtherProcesses(async (apiGateway) => {
      const people: People = { context, apis, apiGateway, baseUrls };
      await report.check("everything still opens, 0.1.0's content too", opens(apiGateway));
      await report.check("a project's key of 0.1.0 is served", () =>
        projectIsServed(context, apis, apiGateway, baseUrls),
      );
      await memberKeys(people);
      await report.check("a member's key opens a conversation of 0.1.0", async () => {
        const { key } = await createKey(people, apis.tokens.member, 'desk');
        // After a refused key, the member's keys aren't read again for a second.
        await withoutCache(people);
        await content.requireReadableBy(byKey(people, key));
      });
      await backgroundJobs(people);
      await officeFiles(people);
      await openProjects(people);
    });
  });

  for (const deployment of withPeopleOnly) await egressOnAndOff(deployment, cdk, apis, content);

  await report.group('SCIM is switched on', async () => {
    const { context, baseUrls } = await deploy('scim', { scim: true });
    await apis.inOtherProcesses(async (apiGateway) => {
      const people: People = { context, apis, apiGateway, baseUrls };
      const provisioned = await provision(people);
      await report.check("members who are sent by SCIM have their content, 0.1.0's too", opens(apiGateway));
      await deactivate(people, provisioned);
    });
  });
}
