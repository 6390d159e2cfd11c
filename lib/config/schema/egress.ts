import { z } from 'zod';
import { list, text } from './fields';
import { ZONE, ZONE_ALLOWED } from './network';

const ZONES_ALLOWED = 'a list of one to three zones of the primary Region';

/** The ranges of an egress network, in which each of at most three zones has three subnets. */
export const EGRESS_RANGE_ALLOWED = 'a range of private IPv4 addresses from /16 to /23, such as 10.98.0.0/23';

export const egress = z
  .strictObject(
    {
      zones: list(text(ZONE_ALLOWED, ZONE), ZONES_ALLOWED)
        .max(3, ZONES_ALLOWED)
        .meta({ uniqueItems: true })
        .optional()
        .describe(
          'Zones of its network: one to three, each with a firewall and a NAT gateway. By default zones `a` and `b`. If you change them, a new ' +
            'network with new public addresses replaces the deployed one.',
        ),
      addressRange: text(EGRESS_RANGE_ALLOWED, /^[0-9.]+\/\d{1,2}$/)
        .optional()
        .describe(
          'IPv4 range of its network: private, from /16 to /23; by default 10.98.0.0/23. It may overlap other ranges, because no network is ' +
            'joined to it. If you change it, a new network replaces the deployed one.',
        ),
    },
    "a mapping with any of 'zones' and 'addressRange', or {}",
  )
  .describe(
    'A network of its own through which a deployment calls models at hosts outside AWS (`openai`, `provider`), and nothing else. Required with ' +
      'such a destination, refused without one; `{}` takes the defaults. Each zone has a firewall and a NAT gateway, which are billed by the ' +
      'hour. `eu-residency serve` needs none.',
  );
