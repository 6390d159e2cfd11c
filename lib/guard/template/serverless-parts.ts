import type { Finding } from '../finding';
import type { Json } from './parse';
import { Resource } from './resource';
import { eventsOf } from './serverless-events';

/** A resource that SAM makes of a part of another. */
interface Part {
  readonly resource: Resource;
  /** What is found of it, told of the resource that is written. */
  tell(finding: Finding): Finding;
}

/** What a resource of SAM becomes besides itself, where a rule knows only the type that it becomes. */
export function serverlessParts(resource: Resource): Part[] {
  return [...domainOf(resource), ...brokersOf(resource)];
}

/** The custom domain of an API; SAM makes it regional unless told otherwise. */
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

/** Brokers of a Kafka cluster that somebody runs. */
function brokersOf(resource: Resource): Part[] {
  return eventsOf(resource.raw, resource.scope).flatMap(({ name, properties }) => {
    const KafkaBootstrapServers = properties.KafkaBootstrapServers;
    if (KafkaBootstrapServers === undefined) return [];
    const made = { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers } } };
    return part(resource, 'AWS::Lambda::EventSourceMapping', made, [
      '/Properties/SelfManagedEventSource/Endpoints',
      `/Properties/Events/${name}/Properties`,
    ]);
  });
}

function part(owner: Resource, type: string, properties: Json, [from, to]: readonly [string, string]): Part {
  const resource = new Resource(owner.logicalId, type, { Type: type, Properties: properties }, owner.scope);
  return {
    resource,
    tell: (finding) => ({
      ...finding,
      type: owner.type,
      path: finding.path?.startsWith(from) ? shortened(to, finding.path.slice(from.length)) : finding.path,
    }),
  };
}

/** The one type that SAM takes stands alone, where CloudFormation has a list. */
const shortened = (to: string, rest: string) => `${to}${to.endsWith('/EndpointConfiguration') ? '' : rest}`;
