import { z } from 'zod';
import { list, text } from './fields';
import { regionCode } from './region-code';

const idAllowed = 'the id or ARN of a guardrail';
const versionAllowed = "the number of a version, in quotes, such as '3'";
const profileAllowed = 'the id of a guardrail profile, such as eu.guardrail.v1:0';
const keyAllowed = 'the ARN of a KMS key';

const keys = {
  id: text(idAllowed, /^[A-Za-z0-9]\S*$/)
    .max(256, idAllowed)
    .describe('Id or ARN of a guardrail in this account.'),
  version: text(versionAllowed, /^\S{1,8}$/)
    .meta({ examples: ['3'] })
    .describe('Number of its version, in quotes. `DRAFT` is refused, because it changes without a deployment.'),
  profile: text(profileAllowed, /^[a-z]\S*$/)
    .max(64, profileAllowed)
    .meta({ examples: ['eu.guardrail.v1:0'] })
    .optional()
    .describe(
      'Its guardrail profile, if it has one. All Regions of the profile must be inside the boundary. A guardrail with a profile that this key ' +
        "doesn't name can't be applied, so requests fail.",
    ),
  key: text(keyAllowed, /^arn:\S+$/)
    .max(256, keyAllowed)
    .optional()
    .describe(
      'ARN of the customer managed key that encrypts it, if it has one. The policy of the key must permit IAM policies.',
    ),
};

const further = z.strictObject(
  { region: regionCode().describe('Region of the guardrail, in which a model of the tenant is called.'), ...keys },
  "a mapping with 'region', 'id' and 'version'",
);

/** A tenant's guardrail, with one for each further source Region of its models. */
export const guardrail = z
  .strictObject(
    {
      ...keys,
      region: regionCode()
        .optional()
        .describe(
          'Region of the guardrail, which is the Region of the calls that it checks; by default the primary one.',
        ),
      furtherRegions: list(further, 'a list of guardrails for further Regions, at least one')
        .max(20, 'at most 20 guardrails')
        .optional()
        .describe('Guardrails for the other Regions in which its models are called, one for each.'),
    },
    "a mapping with 'id' and 'version'",
  )
  .describe(
    'A guardrail of Bedrock that checks the messages of users and the answers. System messages, documents and tools may be unchecked. By default ' +
      'none. All its models must be chat models in Bedrock, and each Region in which they are called needs a guardrail.',
  );
