import { calledProviders } from '../../../config/model/providers';
import { egressStackName, providerSecretName } from '../../../contract/egress';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { inTurns } from '../in-turns';
import { type JsonService, jsonCall } from '../json-call';
import type { Check, Subject } from './subject';
import { unseenOf } from './unseen';

const of = linesOf('provider key');

const SECRETS_MANAGER: JsonService = { service: 'secretsmanager', target: 'secretsmanager', version: '1.1' };

/** Whether the secret of each provider outside AWS has a key. Its value is never read, so whether the key is valid isn't known. */
export const providerKeys: Check = (subject) =>
  inTurns(calledProviders(subject.deployment), 4, ({ name }) => lineOf(subject, name));

async function lineOf(subject: Subject, provider: string): Promise<DoctorLine> {
  const { caller, deployment } = subject;
  const region = deployment.primaryRegion;
  const secret = providerSecretName(deployment.name, provider);
  const lines = of(region);
  try {
    const found = await jsonCall(caller, SECRETS_MANAGER, region, 'DescribeSecret', { SecretId: secret });
    if (found.DeletedDate !== undefined && found.DeletedDate !== null) {
      return lines.missing(
        `${secret} is scheduled for deletion, so '${provider}' can't be called, and no deployment can create it`,
        `aws secretsmanager restore-secret --secret-id ${secret} --region ${region}; or, if no stack has it any more, delete it at once: ` +
          `aws secretsmanager delete-secret --secret-id ${secret} --force-delete-without-recovery --region ${region}`,
      );
    }
    const stages = Object.values((found.VersionIdsToStages ?? {}) as Readonly<Record<string, readonly string[]>>);
    if (stages.some((labels) => labels.includes('AWSCURRENT'))) return lines.ok(`${secret} has a key`);
    return lines.missing(
      `${secret} is empty, so requests to '${provider}' fail over, or fail`,
      `with the role in the output ProviderKeysRole of ${egressStackName(deployment.name)}: aws secretsmanager put-secret-value ` +
        `--secret-id ${secret} --secret-string file://FILE --region ${region}`,
    );
  } catch (error) {
    if ((error as Partial<Error>).name === 'ResourceNotFoundException') {
      return lines.soon(
        `${secret} doesn't exist yet; the deployment creates it, empty`,
        'deploy, then put the key of the provider into it, as docs/OPERATIONS.md says',
      );
    }
    return unseenOf(secret, lines, region, 'secretsmanager:DescribeSecret', error);
  }
}
