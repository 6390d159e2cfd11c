import { checkHost } from '../places/check-host';
import { namedHosts, TYPES_WITH_NAMED_HOSTS } from '../places/named-hosts';
import { placeProperties, typesWith } from '../places/place-properties';
import { samlHosts, TYPES_WITH_METADATA } from '../places/saml-metadata';
import type { ResourceRule } from '../rule/rule';

export const hostUnknown: ResourceRule = {
  id: 'host-unknown',
  title: 'Data is sent only to hosts known to be inside the boundary',
  why: "The resource sends data to a host, and a host's name doesn't reveal its country.",
  fix: "Declare the host under 'places' (host, country, reason), or send the data to a service in the Region.",
  source: 'https://docs.aws.amazon.com/general/latest/gr/rande.html',
  appliesTo: [...new Set([...typesWith('host'), ...TYPES_WITH_NAMED_HOSTS, ...TYPES_WITH_METADATA])],

  *check(resource, context) {
    for (const selected of [...placeProperties(resource, 'host'), ...namedHosts(resource), ...samlHosts(resource)])
      yield* checkHost(selected, context);
  },
};
