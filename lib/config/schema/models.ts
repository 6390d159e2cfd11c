import { z } from 'zod';
import { BEDROCK_APIS } from '../../boundary/bedrock-api';
import { acceptsWiderEurope } from './acceptance';
import { line, list, text } from './fields';
import { modelId } from './model-ids';
import { regionCode } from './region-code';

const providerModel = (allowed: string) => text(allowed, /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/);
const addressRange = 'a range of private addresses, such as 10.0.0.0/16';

export const openai = z
  .strictObject(
    {
      acceptsWiderEurope: acceptsWiderEurope().describe(
        "Accepts that OpenAI's Europe is wider than the boundary `eu` or `eea`: it includes Switzerland.",
      ),
      zeroRetention: z
        .boolean('true or false')
        .optional()
        .describe(
          'Whether OpenAI has promised zero data retention for the OpenAI project that your key belongs to. Tenants under `projects` require it.',
        ),
      schemasMayLeave: z
        .boolean('true or false')
        .optional()
        .describe(
          'Lets projects send structured-output schemas, which OpenAI stores and which its commitments do not cover. Refused by default.',
        ),
    },
    "a mapping with any of 'acceptsWiderEurope', 'zeroRetention' and 'schemasMayLeave'",
  )
  .describe('Your declarations about `eu.api.openai.com`, for destinations that name an OpenAI model.');

const destinationAllowed = "a mapping with exactly one of 'bedrock', 'openai', 'provider' and 'server'";
const destination = z
  .strictObject(
    {
      bedrock: text('the id of a Bedrock model or inference profile', /^[A-Za-z]\S*$/)
        .max(256, 'the id of a Bedrock model or inference profile')
        .optional()
        .describe('Id or ARN of a Bedrock model or inference profile. All its Regions must be inside the boundary.'),
      region: regionCode()
        .optional()
        .describe(
          'With `bedrock`: the Region to call; by default the primary one. Any other Region gets its own network and endpoint, which are ' +
            'billed by the hour.',
        ),
      api: z
        .enum(BEDROCK_APIS, BEDROCK_APIS.join(', '))
        .optional()
        .describe(
          'With `bedrock`: the API of Bedrock by which chats are sent; by default `converse`. `chat-completions` is the OpenAI-compatible API of the ' +
            'same endpoint, for a model that Bedrock serves only or better there. By the facts of this version, it serves no project.',
        ),
      openai: providerModel('the name of an OpenAI model')
        .optional()
        .describe(
          'Name of a model at `eu.api.openai.com`, called with your own key; see `openai`. A deployment needs `egress` for it.',
        ),
      provider: line('the name of a provider', 32)
        .optional()
        .describe(
          'Name of a provider that `providers.declared` declares, called with your own key. A deployment needs `egress` for it.',
        ),
      server: line('the base URL of a server', 400)
        .optional()
        .describe(
          "Base URL of a server in your network that speaks OpenAI's protocol, such as `http://vllm.internal:8000/v1`.",
        ),
      model: providerModel('the name of a model on that server or at that provider')
        .optional()
        .describe(
          "With `server` and `provider`: the server's or provider's name for the model. Azure's is the name of the deployment.",
        ),
      addresses: list(
        text(addressRange, /^[0-9A-Fa-f:.]+\/\d{1,3}$/),
        `a list of ranges of private addresses, such as [10.0.0.0/16]`,
      )
        .optional()
        .describe('With `server`: the only addresses that it may have; by default any private address.'),
      kind: z
        .enum(['chat', 'embedding'], 'chat, embedding')
        .optional()
        .describe('With `server` and `provider`: the kind of model; by default `chat`.'),
    },
    destinationAllowed,
  )
  .refine(
    ({ bedrock, openai: name, provider, server }) =>
      [bedrock, name, provider, server].filter((key) => key !== undefined).length === 1,
    {
      error: destinationAllowed,
      when: ({ issues }) => issues.length === 0,
    },
  )
  .meta({
    oneOf: [
      { required: ['bedrock'] },
      { required: ['openai'] },
      { required: ['provider', 'model'] },
      { required: ['server', 'model'] },
    ],
  })
  .describe('One target that may serve the model: exactly one of `bedrock`, `openai`, `provider` and `server`.');

export const model = z
  .strictObject(
    {
      id: modelId().describe('The name that clients send.'),
      destinations: list(destination, 'a list of destinations, at least one')
        .max(20, 'at most 20 destinations')
        .describe(
          "Destinations that may serve it, tried in this order. A request whose parameters the first one can't honour is refused, and failover skips the others that can't.",
        ),
      interchangeable: z
        .boolean('true or false')
        .optional()
        .describe(
          "Whether failover may answer with another model than the first destination's. With `false`, only destinations with its model answer. Without it, as with `true`, and synth prints the line to add. Vectors of embedding models are never interchangeable.",
        ),
      caching: z
        .boolean('true or false')
        .optional()
        .describe(
          "Whether Bedrock may cache prompts of this model, for five minutes. With `true`, also those of projects; with `false`, none, whatever a request asks for. By default those of workspaces, and requests of projects with `cache_control`. OpenAI and Azure cache prompts on their own, those of projects, and with `false` all, in memory only; `false` is refused for a model that can't be limited to memory. Other models outside Bedrock aren't affected.",
        ),
    },
    "a mapping with 'id', 'destinations' and optionally 'interchangeable' and 'caching'",
  )
  .describe('A model as clients name it.');
