import { z } from 'zod';
import { list, text } from './fields';
import { regionCode } from './region-code';

const idAllowed = 'the id or ARN of a guardrail';
const versionAllowed = "the number of a version, in quotes, such as '3'";
const profileAllowed = 'the id of a guardrail profile, such as eu.guardrail.v1:0';
const keyAllowed = 'the ARN of a KMS key';

const one = z.strictObject(
  {
    id: text(idAllowed, /^[A-Za-z0-9]\S*$/)
      .max(256, idAllowed)
      .describe('Id or ARN of a guardrail in this account.'),
    version: text(versionAllowed, /^\S{1,8}$/)
      .meta({ examples: ['3'] })
      .describe('Number of its version, in quotes. `DRAFT` is refused, because it changes without a deployment.'),
    region: regionCode()
      .optional()
      .describe(
        'Region of the guardrail, which is the Region of the calls that it checks; by default the primary one.',
      ),
    profile: text(profileAllowed, /^[a-z]\S*$/)
      .max(64, profileAllowed)
      .meta({ examples: ['eu.guardrail.v1:0'] })
      .optional()
      .describe(
        'Guardrail profile, if it has one. All its Regions must be inside the boundary. Without this key, a guardrail with a profile ' +
          "can't be applied, so requests fail.",
      ),
    key: text(keyAllowed, /^arn:\S+$/)
      .max(256, keyAllowed)
      .optional()
      .describe(
        'ARN of the customer managed key that encrypts it, if it has one; its policy must permit IAM policies.',
      ),
  },
  "a mapping with 'id' and 'version'",
);

const guardrailAllowed =
  "a mapping with 'id' and 'version', or a list of such mappings with a 'region' each, one for each Region in which a model is called";

/** A tenant's guardrail, or one for each source Region of its models. */
export const guardrail = z
  .union([one, list(one, guardrailAllowed).max(20, 'at most 20 guardrails')], guardrailAllowed)
  .describe(
    'A guardrail of Bedrock that checks every prompt and answer: a mapping, or a list with one for each Region in which a model is called. ' +
      'All models must be chat models in Bedrock. By default none.',
  );
