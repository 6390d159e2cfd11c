import { z } from 'zod';
import { DOMAIN_NAME, DOMAIN_NAME_ALLOWED } from '../../boundary/domain-name';
import { text } from './fields';

const certificateAllowed = 'the ARN of a certificate of ACM';
/** The host name of a deployment's APIs. */
export const domain = z
  .strictObject(
    {
      name: text(DOMAIN_NAME_ALLOWED, DOMAIN_NAME)
        .meta({ examples: ['ai.example.eu'] })
        .describe('The name of the host. Certificates and DNS tell it to everybody.'),
      certificate: text(certificateAllowed, /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/).describe(
        'The ARN of its certificate: of ACM, in the primary Region, and issued before the deployment.',
      ),
      hostedZone: z
        .strictObject(
          {
            id: text('the id of a hosted zone, such as Z0123456789ABCDEFGHIJ', /^Z[A-Z0-9]{1,31}$/).describe('Its id.'),
            name: text(DOMAIN_NAME_ALLOWED, DOMAIN_NAME).describe('Its name, which the domain is in.'),
          },
          "a mapping with 'id' and 'name'",
        )
        .optional()
        .describe(
          'The hosted zone of Route 53, in the same account, in which the name gets its record. Route 53 keeps and answers names worldwide. ' +
            "By default none: the output `Target` of the domain's stack says what a CNAME record leads to.",
        ),
    },
    "a mapping with 'name' and 'certificate'",
  )
  .describe(
    'A regional host name of your own for all APIs: `https://NAME/projects/v1` and `https://NAME/workspaces/ID/v1`. The name that API ' +
      'Gateway gives each of them is switched off then, and is what they have by default.',
  );
