import { z } from 'zod';

export const scim = z
  .strictObject({}, 'an empty mapping, {}')
  .describe(
    'An identity system sends members and their groups by SCIM 2.0, at `/scim/v2` of the API, with a token of `eu-residency scim create`. ' +
      '`identity.groups` then names groups that it sends, by name or external ID, and the groups of tokens do not count. Requires `saml`, `oidc` or ' +
      '`shared`. By default off.',
  );
