import { z } from 'zod';
import { alerts } from './alerts';
import { bedrock } from './bedrock';
import { boundarySchema } from './boundary-schema';
import { declarationShape } from './declarations-schema';
import { domain } from './domain';
import { line, list, slug, text } from './fields';
import { sharedIdentities } from './identity';
import { model, openai } from './models';
import { network } from './network';
import { regionCode } from './region-code';
import { tags } from './tags';
import { project, workspace } from './tenants';

/** With these keys a file describes a deployment, which needs the keys on the right as well. */
export const NEEDED_WITH: Readonly<Record<string, readonly string[]>> = {
  models: ['name', 'regions'],
  identity: ['name', 'regions', 'workspaces'],
  workspaces: ['name', 'regions', 'models', 'alerts'],
  projects: ['name', 'regions', 'models', 'alerts'],
};

const boundary = boundarySchema.describe(
  'What counts as inside: `eu`, `eea`, a list of countries (`[DE, FR]`) or a list of Regions (`[eu-central-1]`). ' +
    'The only key that the guard needs.',
);

const accountAllowed = 'the twelve digits of an account, in quotes';
const account = text(accountAllowed, /^\d{12}$/)
  .meta({ examples: ['111122223333'] })
  .describe(
    'The account that everything is deployed to, by its twelve digits in quotes. Credentials of any other deploy nothing. By default ' +
      'the account of the credentials.',
  );

const regions = z
  .strictObject(
    {
      primary: regionCode().describe('The Region that everything is deployed to. It must be inside the boundary.'),
      recovery: regionCode()
        .optional()
        .describe(
          "A second Region, in which what each workspace keeps is kept too, under keys of that Region: inside the boundary, in the primary Region's " +
            'partition. `eu-residency serve` keeps one copy.',
        ),
    },
    "a mapping with 'primary'",
  )
  .describe('Where the deployment is.');

const organisation = z
  .strictObject(
    {
      name: line('the name of the organisation').optional().describe('Its name.'),
      controller: line('the controller').optional().describe('The controller in the sense of the GDPR.'),
      dpo: line('how to reach the data protection officer').optional().describe('How to reach its DPO.'),
    },
    "a mapping with any of 'name', 'controller' and 'dpo'",
  )
  .describe('Who answers for the data. Printed in evidence, never part of a name of a resource.');

/** What may stand in `residency.yaml`: the one definition that the loader, the JSON Schema and the docs are made from. */
export const residencySchema = z
  .strictObject(
    {
      boundary,
      name: slug(20)
        .optional()
        .describe('Prefix of the stack names, so that one account can hold several deployments.'),
      account: account.optional(),
      tags: tags.optional(),
      regions: regions.optional(),
      network: network.optional(),
      domain: domain.optional(),
      organisation: organisation.optional(),
      alerts: alerts.optional(),
      bedrock: bedrock.optional(),
      openai: openai.optional(),
      models: list(model, 'a list of models, at least one').optional().describe('The models of the deployment.'),
      identity: sharedIdentities.optional(),
      workspaces: z.array(workspace, 'a list of workspaces').optional().describe('Tenants who chat.'),
      projects: z.array(project, 'a list of projects').optional().describe('Tenants who call the API.'),
      ...declarationShape,
    },
    "a mapping with at least 'boundary', such as 'boundary: eu'",
  )
  .meta({ title: 'residency.yaml', dependentRequired: NEEDED_WITH });

/** A file as it is written, once its shape is right. */
export type ResidencyFile = z.input<typeof residencySchema>;
