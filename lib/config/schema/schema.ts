import { z } from 'zod';
import { alerts } from './alerts';
import { api, jobs } from './api';
import { bedrock } from './bedrock';
import { boundarySchema } from './boundary-schema';
import { currency } from './currency';
import { declarationShape } from './declarations-schema';
import { domain } from './domain';
import { egress } from './egress';
import { factsKeys } from './facts-keys';
import { line, list, slug, text } from './fields';
import { sharedIdentities } from './identity';
import { model, openai } from './models';
import { monitoring } from './monitoring';
import { network } from './network';
import { perimeter } from './perimeter';
import { providers } from './providers';
import { records } from './records';
import { regionCode } from './region-code';
import { tags } from './tags';
import { projects, workspace } from './tenants';
import { trail } from './trail';

/** A key that another key needs. */
export type NeededKey = 'name' | 'regions' | 'models' | 'workspaces' | 'alerts';

/** With these keys a file describes a deployment, which needs the keys on the right as well. */
export const NEEDED_WITH: Readonly<Record<string, readonly NeededKey[]>> = {
  models: ['name', 'regions'],
  identity: ['name', 'regions', 'workspaces'],
  workspaces: ['name', 'regions', 'models', 'alerts'],
  projects: ['name', 'regions', 'models', 'alerts'],
};

const boundary = boundarySchema.describe(
  'The places where data may be stored and processed: `eu`, `eea`, a list of countries (`[DE, FR]`) or a list of Regions (`[eu-central-1]`). ' +
    'The only key that the guard needs.',
);

const accountAllowed = 'the twelve digits of an account, in quotes';
const account = text(accountAllowed, /^\d{12}$/)
  .meta({ examples: ['111122223333'] })
  .describe(
    "The account to deploy to: its twelve digits, in quotes. Deployment fails with any other account's credentials. By default, the " +
      'account that the credentials belong to.',
  );

const regions = z
  .strictObject(
    {
      primary: regionCode().describe('The Region to deploy to. It must be inside the boundary.'),
      recovery: regionCode()
        .optional()
        .describe(
          "A second Region, to which each workspace's content is replicated under keys of that Region. It must be inside the boundary and in " +
            "the primary Region's partition. `eu-residency serve` stores one copy only.",
        ),
    },
    "a mapping with 'primary'",
  )
  .describe('The Regions of the deployment.');

const organisation = z
  .strictObject(
    {
      name: line('the name of the organisation').optional().describe('Its name.'),
      controller: line('the controller').optional().describe('The controller, as the GDPR defines it.'),
      dpo: line('how to reach the data protection officer')
        .optional()
        .describe('How to reach its data protection officer.'),
    },
    "a mapping with any of 'name', 'controller' and 'dpo'",
  )
  .describe('The organisation responsible for the data. Printed in evidence, never part of a resource name.');

/** The keys of `residency.yaml`: the one definition from which the loader, the JSON Schema and the docs derive. */
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
      currency: currency.optional(),
      alerts: alerts.optional(),
      bedrock: bedrock.optional(),
      trail: trail.optional(),
      records: records.optional(),
      monitoring: monitoring.optional(),
      api: api.optional(),
      jobs: jobs.optional(),
      openai: openai.optional(),
      egress: egress.optional(),
      perimeter: perimeter.optional(),
      providers: providers.optional(),
      factsKeys: factsKeys.optional(),
      models: list(model, 'a list of models, at least one').optional().describe('The models of the deployment.'),
      identity: sharedIdentities.optional(),
      workspaces: z.array(workspace, 'a list of workspaces').optional().describe('Tenants whose members chat.'),
      projects: projects.optional(),
      ...declarationShape,
    },
    "a mapping with at least 'boundary', such as 'boundary: eu'",
  )
  .meta({ title: 'residency.yaml', dependentRequired: NEEDED_WITH });

/** A file as it is written, after its shape is checked. */
export type ResidencyFile = z.input<typeof residencySchema>;
