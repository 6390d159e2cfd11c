import { present } from '../read/draft';
import { AZURE_CHECKS_FILE } from '../schema/azure-checks-schema';
import type { Check } from './check';
import { differenceFrom } from './declared-providers';

/** What a file says about a deployment in Azure is what Azure itself reported, if it reported anything. */
export const checkAzureChecks: Check = ({ draft, azureChecks }) =>
  present(draft.providers?.declared).flatMap(([index, provider]) =>
    present(provider.deployments).flatMap(([position, { name, sku, model, version }]) => {
      const check = azureChecks.find((one) => one.provider === provider.name && one.name === name);
      if (check === undefined || sku === undefined || model === undefined) return [];
      const { resource, region } = provider;
      const difference = differenceFrom(
        check,
        { ...(resource !== undefined && { resource }), ...(region !== undefined && { region }) },
        { sku, model, ...(version !== undefined && { version }) },
      );
      if (difference === undefined) return [];
      const [key, reported] = difference;
      const isOfResource = key === 'resource' || key === 'region';
      const at = ['providers', 'declared', index, ...(isOfResource ? [key] : ['deployments', position, key])];
      const found = { resource, region, sku, model, version }[key];
      const text =
        `found '${found}', but Azure reported '${reported}' of deployment '${name}' on ${check.readOn} (${AZURE_CHECKS_FILE}); correct it, or ` +
        "read the deployment again with 'eu-residency doctor --azure'";
      return [{ path: at, text }];
    }),
  );
