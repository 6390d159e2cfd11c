import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Aws } from '../deploy/harness/aws';
import { Cdk } from '../deploy/harness/cdk';
import type { Report } from '../deploy/harness/report';
import type { Account } from './account';

const AWS = '';
/** CloudWatch evaluates an alarm each minute, over five minutes. */
const ALARM_SECONDS = 600;

/** The number of the account that the credentials of the environment belong to. */
export async function callersAccount(region: string): Promise<string> {
  const { Account: account } = await new Aws(AWS, region).sts.send(new GetCallerIdentityCommand({}));
  if (account === undefined) throw new Error('AWS names no account for these credentials; sign in again');
  return account;
}

/** A real account, by the credentials of the environment. Files are written to a folder that stays between runs. */
export async function realAccount(report: Report, account: string, region: string, folder: string): Promise<Account> {
  const cdkIn = (name: string) => new Cdk(AWS, name, { ...process.env, AWS_REGION: name, AWS_DEFAULT_REGION: name });
  const cdk = cdkIn(region);
  const aws = new Aws(AWS, region);
  return {
    report,
    aws,
    cdk,
    caller: { credentials: await defaultProvider()() },
    alarmSeconds: ALARM_SECONDS,
    in: (name) => new Aws(AWS, name),
    bootstrap: (name) => cdkIn(name).bootstrap(account),
    async synth(name, text) {
      const [config, assembly] = [path.join(folder, `${name}.yaml`), path.join(folder, `assembly-${name}`)];
      writeFileSync(config, text);
      await report.require(
        `cdk synth: ${name}`,
        () => cdk.build(assembly, config),
        () => '',
      );
      return { assembly, config };
    },
    async as(role) {
      const RoleArn = `arn:aws:iam::${account}:role/${role}`;
      const { Credentials } = await aws.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'account-test' }));
      const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken } = Credentials ?? {};
      return new Aws(AWS, region, { accessKeyId, secretAccessKey, sessionToken: SessionToken });
    },
    fetch: (url, init, apiKey) => {
      const headers = new Headers(init.headers);
      if (apiKey !== undefined) headers.set('authorization', `Bearer ${apiKey}`);
      return fetch(url, { ...init, headers });
    },
    // Lambda's environments can't be ended: the steps wait instead.
    restart: async () => {},
    onlyAws: async (name, run) => void (await report.check(name, run)),
  };
}
