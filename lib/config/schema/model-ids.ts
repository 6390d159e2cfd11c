import { list, text } from './fields';

const modelIdAllowed = 'lower-case letters and digits, joined by single hyphens or dots, at most 64 characters';
export const modelId = () => text(modelIdAllowed, /^[a-z0-9]+([.-][a-z0-9]+)*$/).max(64, modelIdAllowed);
export const modelIds = (who: string) =>
  list(modelId().describe('An `id` of `models`.'), "a list of ids of 'models', at least one")
    .meta({ uniqueItems: true })
    .describe(`Which models ${who} may use: ids of \`models\`.`);
