import { z } from 'zod';
import { day, list, text } from './fields';

/** The file next to a `residency.yaml` with the deployments of models that Azure itself reported. */
export const AZURE_CHECKS_FILE = 'residency-azure.yaml';

const word = (allowed: string) => text(allowed, /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

const check = z.strictObject(
  {
    provider: word('the name of a provider'),
    resource: word('the name of an Azure resource'),
    region: word('a Region of Azure'),
    name: word('the name of a deployment'),
    sku: word('a SKU of Azure'),
    model: word('the name of a model'),
    version: word('the version of a model').optional(),
    readOn: day(),
  },
  'a mapping with the keys provider, resource, region, name, sku, model and readOn',
);

/** The contents of {@link AZURE_CHECKS_FILE}. */
export const azureChecksSchema = z.strictObject(
  { deployments: list(check, 'a list of deployments') },
  "a mapping with 'deployments'",
);

/** The file as it is written, after its shape is checked. */
export type AzureChecksFile = z.input<typeof azureChecksSchema>;
