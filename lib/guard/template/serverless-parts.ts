import type { Finding } from '../finding';
import type { Json } from './parse';
import { Resource } from './resource';
import { eventsOf } from './serverless-events';

/** A resource that SAM generates from part of another. */
interface Part {
  readonly resource: Resource;
  /** Translates one of its findings into a finding about the resource in the source file. */
  inSourceTerms(finding: Finding): Finding;
}

/** The additional resources that SAM generates from a resource, if a rule knows only the generated type. */
export function serverlessParts(resource: Resource): Part[] {
  return [...domainOf(resource), ...brokersOf(resource)];
}

/** The custom domain of an API; SAM makes it regional by default. */
function domainOf(resource: Resource): Part[] {
  if (resource.type !== 'AWS::Serverless::Api') return [];
  return resource
    .select('Domain', 'EndpointConfiguration')
    .map(({ value }) =>
      part(resource, 'AWS::ApiGateway::DomainName', { EndpointConfiguration: { Types: [value] } }, [
        '/Properties/EndpointConfiguration',
        '/Properties/Domain/EndpointConfiguration',
      ]),
    );
}

/** The brokers of a self-managed Kafka cluster. */
function brokersOf(resource: Resource): Part[] {
  return eventsOf(resource.raw, resource.scope).flatMap(({ name, properties }) => {
    const KafkaBootstrapServers = properties.KafkaBootstrapServers;
    if (KafkaBootstrapServers === undefined) return [];
    const mapping = { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers } } };
    return part(resource, 'AWS::Lambda::EventSourceMapping', mapping, [
      '/Properties/SelfManagedEventSource/Endpoints',
      `/Properties/Events/${name}/Properties`,
    ]);
  });
}

function part(owner: Resource, type: string, properties: Json, [from, to]: readonly [string, string]): Part {
  const resource = new Resource(owner.logicalId, type, { Type: type, Properties: properties }, owner.scope);
  return {
    resource,
    inSourceTerms: (finding) => ({
      ...finding,
      type: owner.type,
      path: finding.path?.startsWith(from) ? shortened(to, finding.path.slice(from.length)) : finding.path,
    }),
  };
}

/** SAM accepts a single endpoint type, where CloudFormation has a list. */
const shortened = (to: string, rest: string) => `${to}${to.endsWith('/EndpointConfiguration') ? '' : rest}`;
