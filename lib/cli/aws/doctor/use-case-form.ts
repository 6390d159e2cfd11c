import { BedrockClient, GetUseCaseForModelAccessCommand } from '@aws-sdk/client-bedrock';
import { makerOf } from '../../../boundary/model-kind';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { bedrockDestinations, type Check } from './subject';
import { unseen } from './unseen';

const of = linesOf('use-case form');

/** The maker whose models Bedrock serves only to accounts that have described their use. */
export const REQUIRES_FORM = 'anthropic';

/** The command that submits the form, once for the account. */
export const submitForm = (region: string) =>
  `aws bedrock put-use-case-for-model-access --form-data fileb://form.json --region ${region}`;

/** Whether the account has submitted the form that Anthropic requires. Its content isn't shown. */
export const useCaseForm: Check = async (subject) => {
  const called = bedrockDestinations(subject).find(({ modelId }) => makerOf(modelId) === REQUIRES_FORM);
  if (called === undefined) return [];
  const region = called.sourceRegion;
  const lines = of(region);
  try {
    const client = new BedrockClient(clientSettings(subject.caller, 'bedrock', region));
    await client.send(new GetUseCaseForModelAccessCommand({}));
    return [lines.ok('submitted')];
  } catch (error) {
    if ((error as Partial<Error>).name !== 'ResourceNotFoundException') {
      return [unseen(lines, region, 'bedrock:GetUseCaseForModelAccess', error)];
    }
    // The form of an organisation's management account counts for all of its accounts, and can't be read from here.
    return [
      lines.notVisible(
        "this account has submitted none, and its organisation's management account may have, for all accounts",
        `unless it has: write form.json as OPERATIONS says under 'Access to models', and ${submitForm(region)}`,
      ),
    ];
  }
};
