import { z } from 'zod';
import { AZURE_RESOURCE, MAX_CHECK_AGE_DAYS } from '../../boundary/azure';
import { SERVICES } from '../../facts/services';
import { acceptsWiderEurope } from './acceptance';
import { line, list, slug, text } from './fields';

/** The services that a provider can declare. OpenAI has a key of its own. */
const DECLARABLE = SERVICES.filter((service) => service !== 'openai');

const name = 'the name of a deployment in Azure';
const word = (allowed: string) => text(allowed, /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const ageAllowed = 'a number of days such as 90d, at most 365d';

const deployment = z
  .strictObject(
    {
      name: word(name).describe('Its name, which destinations give as `model`.'),
      sku: word('a SKU of Azure, such as DataZoneStandard').describe(
        'Its SKU, which decides where Azure processes requests: `DataZoneStandard`, `DataZoneProvisionedManaged`, `Standard` or `ProvisionedManaged`.',
      ),
      model: word('the name of a model').describe("Azure's name for its model."),
      version: word('the version of a model').optional().describe('The version of its model; by default any.'),
    },
    "a mapping with 'name', 'sku' and 'model'",
  )
  .describe('A deployment of a model in the Azure resource.');

const provider = z
  .strictObject(
    {
      name: slug(32).describe(
        'Its name in destinations, headers and records, and in the name of the secret that holds its key. `serve` reads the key from the ' +
          'variable of this name, such as `AZURE_EU_API_KEY` for `azure-eu`.',
      ),
      service: z
        .enum(DECLARABLE, DECLARABLE.join(', '))
        .describe(
          'The service, which determines the host. The facts decide whether it can be called; OpenAI itself has the key `openai`.',
        ),
      resource: text('the name of an Azure resource, in lower case', AZURE_RESOURCE)
        .optional()
        .describe('With `azure`: the name of the resource, which begins its host.'),
      region: text('a Region of Azure, such as germanywestcentral', /^[a-z][a-z0-9]{2,39}$/)
        .optional()
        .describe('With `azure`: the Region of the resource.'),
      deployments: list(deployment, 'a list of deployments, at least one')
        .max(100, 'at most 100 deployments')
        .optional()
        .describe(
          'With `azure`: the deployments of models that destinations name. Without a check result of `eu-residency doctor`, they are your claim, and ' +
            'projects are refused.',
        ),
      maxCheckAge: text(ageAllowed, /^(?:[1-9]\d?|[12]\d{2}|3[0-5]\d|36[0-5])d$/)
        .optional()
        .describe(
          `With \`azure\`: how old the check result of a deployment may be before it serves no project; by default \`${MAX_CHECK_AGE_DAYS}d\`.`,
        ),
      acceptsWiderEurope: acceptsWiderEurope().describe(
        "Accepts that the provider's Europe is wider than the boundary `eu` or `eea`, as that of `azure` (data zone) and `mistral` is.",
      ),
      zeroRetention: z
        .strictObject(
          {
            contract: line('the contract').describe(
              'The contract by which the provider retains no content, such as an amendment and its number. Outputs repeat it.',
            ),
          },
          "a mapping with 'contract'",
        )
        .optional()
        .describe(
          'Your contract by which the provider retains no content. Tenants under `projects` require it, unless the facts say that the provider ' +
            'retains nothing of any customer.',
        ),
      schemasMayLeave: z
        .boolean('true or false')
        .optional()
        .describe('Lets projects send structured-output schemas, which the provider may store. Refused by default.'),
    },
    "a mapping with 'name' and 'service'",
  )
  .describe('A provider outside AWS.');

export const providers = z
  .strictObject(
    {
      euOwnedOnly: z
        .boolean('true or false')
        .optional()
        .describe(
          "Whether destinations are refused of companies whose owner isn't under the law of an EU member state, including Bedrock's. A `server` of " +
            'your network stays allowed. The platform itself is AWS. By default `false`.',
        ),
      declared: list(provider, 'a list of providers, at least one')
        .max(20, 'at most 20 providers')
        .optional()
        .describe('Providers outside AWS, apart from OpenAI, that destinations can name.'),
    },
    "a mapping with any of 'euOwnedOnly' and 'declared'",
  )
  .describe('What you declare about providers outside AWS, and whether all must be under EU law.');
