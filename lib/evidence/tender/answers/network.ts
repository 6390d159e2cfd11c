import { answers } from '../model/answer';
import { page, test } from '../model/pointer';
import { each, has, no } from '../model/template-pointer';

/** Only the stack of the egress has one. */
const FIREWALL = 'AWS::NetworkFirewall::Firewall';
const NOT_EGRESS = { inTemplatesWithout: FIREWALL };

/** The functions that handle requests to models, or members' content. */
const OF_REQUESTS = /GatewayFunction|Rights(Witness|Eraser|Exporter)Function/;

/** Networks and the APIs in front of them. */
export const NETWORK = answers({
  'network.isolated': {
    status: 'provided',
    about: 'tenant',
    text: "Functions that handle requests to models, or members' content, run in a VPC without an internet gateway and without public addresses. Endpoints, and peerings to further Regions that you configure, are its only exits. Their policies admit principals and resources of the account only, and of the models only the named ones.",
    rest: "A function of its own, in another network, sends requests to models outside AWS, if you configure any. Most other functions run outside the VPC: those that serve administrators, decide on and watch jobs, make and delete keys, read Cognito's keys, check and set Bedrock's settings, and close the ledger. No role of theirs can both reach content and decrypt it. The policies of existing endpoints are their owner's. In a VPC of yours, its other routes are up to you.",
    pointers: [
      test('constructs/foundation/foundation.long', 'has no public addresses'),
      test('perimeter/endpoint-policies', "covers only the account's resources"),
      no('AWS::EC2::InternetGateway', undefined, undefined, NOT_EGRESS),
      no('AWS::EC2::NatGateway', undefined, undefined, NOT_EGRESS),
      no('AWS::Lambda::Function', '', undefined, { named: OF_REQUESTS, inTemplatesWith: FIREWALL }),
      no('AWS::EC2::Subnet', '/Properties/MapPublicIpOnLaunch', true),
      each('AWS::Lambda::Function', '/Properties/VpcConfig/SubnetIds', undefined, {
        named: OF_REQUESTS,
      }),
      each('AWS::EC2::VPCEndpoint', '/Properties/PolicyDocument'),
    ],
    words:
      'network segmentation, network isolation, netztrennung, cloisonnement des reseaux, no internet, egress, outgoing traffic, outbound traffic, sicherheitszonen, separation of networks',
  },
  'network.egress': {
    status: 'provided',
    about: 'tenant',
    text: 'Requests leave AWS only if you configure a model outside AWS, and only through a network and a function of their own. Its firewall and DNS pass listed host names only. The function decides on each request again, and checks the address and the certificate. The gateways reach the function, and not the internet.',
    rest: 'A front end that a provider shares with its other customers passes these checks; the inventory names the providers of which that is known. The rules were run in Suricata, and not in AWS.',
    pointers: [
      test('constructs/egress/egress-network', 'has the rules of its hosts, in strict order, and drops the rest'),
      test(
        'runtime/egress/connect',
        'a connection is to an address that the resolver returned, and sends the whole name',
      ),
      test(
        'runtime/egress/egress',
        'a request is sent once, to the host of the facts, with its key, and the answer is passed on',
      ),
      no('AWS::EC2::InternetGateway', undefined, undefined, NOT_EGRESS),
      no('AWS::EC2::NatGateway', undefined, undefined, NOT_EGRESS),
      no('AWS::Lambda::Function', '', undefined, { named: OF_REQUESTS, inTemplatesWith: FIREWALL }),
      page('EGRESS#the-three-checks'),
      page('LIMITS#other-models'),
    ],
    words:
      'allowlist, whitelist, egress filter, egress firewall, outbound firewall, ausgehende verbindungen, flux sortant, trafic sortant',
  },
  'network.flow-logs': {
    status: 'provided',
    about: 'tenant',
    text: 'Flow logs of the network are stored for half a year under a key of the deployment.',
    rest: 'An existing VPC is logged by its owner. The package evaluates no flow log.',
    pointers: [
      test('constructs/foundation/foundation.long', 'logs its traffic under a key for half a year'),
      each('AWS::EC2::FlowLog', '/Properties/TrafficType', 'ALL'),
      has('AWS::Logs::LogGroup', '/Properties/RetentionInDays', undefined, { named: /FlowLogGroup/ }),
    ],
    words: 'flow log, network monitoring',
  },
  'network.firewall': {
    status: 'provided',
    about: 'tenant',
    text: 'A web ACL in front of each API limits requests by address and those without a key. API Gateway, and the limits of tenants, limit the rest. The request limits are tested with a simulated flood.',
    rest: 'The web ACL has no rules for attack patterns and acts after seconds to minutes. A flood of invented keys from many addresses needs AWS Shield or a service before the API.',
    pointers: [
      test('app/flood/flood.long', 'a flood without a key at the API of a workspace reaches no function'),
      test('constructs/gateway/inference-api', 'the stage is behind the web ACL'),
      each('AWS::ApiGateway::RestApi', '', undefined, { by: 'AWS::WAFv2::WebACLAssociation' }),
      page('LIMITS#api-keys-and-limits'),
    ],
    words: 'denial of service, ddos, firewall, waf, ueberlastung, pare feu, flood',
  },
  'network.public-api': {
    status: 'not-met',
    text: "The APIs have regional public host names, and every request needs a key or a token. They can't be limited to an internal network or to addresses of yours by configuration.",
    rest: 'A web ACL of your own, or a private network path before the API, is up to you.',
    pointers: [
      test('constructs/gateway/inference-api', 'the API is regional, because the default is edge-optimised'),
      each('AWS::ApiGateway::RestApi', '/Properties/EndpointConfiguration/Types/0', 'REGIONAL'),
      page('LIMITS#regions-and-networks'),
    ],
    words:
      'only from the internal, vpn, internes netzwerk, ausschliesslich ueber das interne, reseau interne, ip allow, ip address range, private access',
  },
  'network.host-name': {
    status: 'provided',
    about: 'tenant',
    text: 'All APIs can have a host name of yours, with a certificate of ACM in the primary Region. It is regional.',
    pointers: [
      test('stacks/domain.long', 'outputs show the URL of each tenant under the domain'),
      has('AWS::ApiGateway::DomainName', '/Properties/EndpointConfiguration/Types/*', 'REGIONAL'),
      page('OPERATIONS#a-host-name-of-your-own'),
    ],
    words: 'own domain, host name, eigene domain, nom de domaine',
  },
  'network.topology': {
    status: 'provided',
    text: 'The resources of the sample and their connections are drawn from its templates, and the page is checked against them in each change.',
    rest: 'A drawing of your own deployment is up to you.',
    pointers: [
      test('scripts/sample-pages', 'the architecture page draws each resource of the sample or lists its type'),
      page('ARCHITECTURE'),
    ],
    words: 'systemarchitektur, network topology, netzplan, architektur, architecture',
  },
  'network.api': {
    status: 'provided',
    about: 'tenant',
    text: "The gateway serves the APIs of OpenAI (chat completions, responses, embeddings, models) and Anthropic's messages. Clients of both are run against it at locked versions. The page lists each parameter.",
    rest: 'These are interfaces of vendors, not standards of a body. Features that would send content elsewhere are refused.',
    pointers: [
      test(
        'clients/clients',
        'the results in the documentation are those of a run of every client at its locked version, without a failure',
      ),
      test('local/serve', 'OpenAI’s client chats, streams, responds and embeds in a project'),
      has('AWS::ApiGateway::Method', '/Properties/Integration/ResponseTransferMode', 'STREAM'),
      page('COMPATIBILITY'),
    ],
    words:
      'api, openai compatible, programming interface, schnittstelle, interoperab, einbindung in, anbindung, integration systeme, integration dans',
  },
  'network.no-interface': {
    status: 'not-met',
    text: 'The package has no user interface: no chat page, no widget for a website, no app. Bring a client that speaks the API of OpenAI or Anthropic. Its accessibility and languages are those of the client.',
    pointers: [page('README.md#data-protection-officers-and-procurement'), page('COMPATIBILITY#known-clients')],
    words:
      'user interface, benutzeroberflaeche, browserbasiert, browser based, interface utilisateur, web interface, accessib, barrierefrei, wcag, rgaa, widget, website, homepage, webseite, mobile app, mehrsprachig, multilingual, multilingue, sans competences techniques',
  },
});
