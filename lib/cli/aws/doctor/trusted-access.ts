import { BedrockClient } from '@aws-sdk/client-bedrock';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { type Check, processingRegions } from './subject';
import { requireRetentionStorage, type TrustedAccessProgram, trustedAccessPrograms } from './unreleased-commands';
import { unseen } from './unseen';

const of = linesOf('trusted access');

/** The statuses in which an account takes no part. A status that isn't known may be one in which it does. */
const OUTSIDE: readonly string[] = ['requestable', 'eligible', 'disabled', 'revoked'];

/** The providers for which AWS stores retained data. */
const PROVIDERS = ['anthropic', 'openai'];

/**
 * Whether the account takes part in a trusted access program, or has a storage for what a provider retains, in any Region that may
 * process a request: both are for content that this package promises not to retain.
 */
export const trustedAccess: Check = async (subject) =>
  (
    await inTurns(processingRegions(subject), 4, async (region) => {
      const client = new BedrockClient(clientSettings(subject.caller, 'bedrock', region));
      const all = await Promise.all([
        programs(client, region),
        ...PROVIDERS.map((provider) => storage(client, region, provider)),
      ]);
      // Calls usually fail for the same reason.
      const wanting = [...new Map(all.flat().map((line) => [JSON.stringify(line), line])).values()];
      return wanting.length > 0 ? wanting : [of(region).ok('in no program, and no storage for retained data')];
    })
  ).flat();

async function programs(client: BedrockClient, region: string): Promise<DoctorLine[]> {
  try {
    return (await trustedAccessPrograms(client)).flatMap((program) => lineOf(program, region));
  } catch (error) {
    return [unseen(of(region), region, 'bedrock:ListTrustedAccessPrograms', error)];
  }
}

function lineOf({ programId, status, optIn }: TrustedAccessProgram, region: string): DoctorLine[] {
  const { missing, soon } = of(region);
  // Only an ID of the documented form becomes part of a command.
  const id = /^[a-z0-9][a-z0-9-]{2,63}$/.test(programId) ? programId : 'PROGRAM';
  const fix = `aws bedrock put-trusted-access-program-account-enrollment --program-identifier ${id} --opt-in disabled --region ${region}`;
  if (!OUTSIDE.includes(status)) {
    const why = status === 'enabled' ? 'the account takes part' : 'the account may take part: its status is unknown';
    return [missing(`${id}: ${why}, so its provider's terms on retention apply`, fix)];
  }
  return optIn === 'enabled' ? [soon(`${id}: the account takes part as soon as it is eligible again`, fix)] : [];
}

async function storage(client: BedrockClient, region: string, provider: string): Promise<DoctorLine[]> {
  const lines = of(region);
  try {
    await requireRetentionStorage(client, provider);
    return [
      lines.missing(
        `a storage is set for what ${provider} retains`,
        `aws bedrock delete-account-data-retention-storage --model-provider ${provider} --region ${region}`,
      ),
    ];
  } catch (error) {
    if ((error as Partial<Error>).name === 'ResourceNotFoundException') return [];
    return [unseen(lines, region, 'bedrock:GetAccountDataRetentionStorage', error)];
  }
}
