import { list, text } from './fields';

const modelIdAllowed = 'lower-case letters and digits, joined by single hyphens or dots, at most 64 characters';
export const modelId = () => text(modelIdAllowed, /^[a-z0-9]+([.-][a-z0-9]+)*$/).max(64, modelIdAllowed);
export const modelIds = (who: string) =>
  list(modelId().describe('An `id` from `models`.'), "a list of ids from 'models', at least one")
    .meta({ uniqueItems: true })
    .describe(`Models that ${who} may use: ids from \`models\`.`);
