import { BOUNDARY_REGIONS } from './boundary-schema';
import { text } from './fields';

const regionAllowed = 'a Region code such as eu-central-1';
export const regionCode = () =>
  text(regionAllowed, /^[A-Za-z]\S*$/)
    .max(40, regionAllowed)
    .meta({ examples: [...BOUNDARY_REGIONS] });
