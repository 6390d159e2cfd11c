import { z } from 'zod';
import { DOMAIN_NAME, DOMAIN_NAME_ALLOWED } from '../../boundary/domain-name';
import { text } from './fields';

const certificateAllowed = 'the ARN of an ACM certificate';
/** The host name of a deployment's APIs. */
export const domain = z
  .strictObject(
    {
      name: text(DOMAIN_NAME_ALLOWED, DOMAIN_NAME)
        .meta({ examples: ['ai.example.eu'] })
        .describe('The host name. Certificates and DNS make it public.'),
      certificate: text(certificateAllowed, /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/).describe(
        'ARN of its ACM certificate, in the primary Region, issued before the deployment.',
      ),
      hostedZone: z
        .strictObject(
          {
            id: text('the id of a hosted zone, such as Z0123456789ABCDEFGHIJ', /^Z[A-Z0-9]{1,31}$/).describe('Its id.'),
            name: text(DOMAIN_NAME_ALLOWED, DOMAIN_NAME).describe(
              'Its name: the host name itself, or a parent domain of it.',
            ),
          },
          "a mapping with 'id' and 'name'",
        )
        .optional()
        .describe(
          'The Route 53 hosted zone, in the same account, in which the name gets its record. Route 53 stores records and answers queries worldwide. ' +
            'Without `hostedZone`, create a CNAME record yourself: the output `Target` of the domain stack shows its target.',
        ),
    },
    "a mapping with 'name' and 'certificate'",
  )
  .describe(
    'A regional host name of your own for all APIs: `https://NAME/projects/v1` and `https://NAME/workspaces/ID/v1`. By ' +
      'default, each API has a name from API Gateway; `domain` switches these names off.',
  );
