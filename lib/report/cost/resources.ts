import { isMap } from '../../guard/template/node';
import type { Json } from '../../guard/template/parse';

/** The resources of a template that are mappings. */
export const resourcesOf = ({ Resources }: Json): Json[] =>
  (isMap(Resources) ? Object.values(Resources) : []).filter(isMap);

/** The properties of a resource as they are written. */
export const propertiesOf = ({ Properties }: Json): Json => (isMap(Properties) ? Properties : {});
