import { answers } from '../model/answer';
import { fact, page, test } from '../model/pointer';
import { each, has, no } from '../model/template-pointer';

/** No provider is called whose Europe is wider than the boundary. */
const NO_WIDER_EUROPE = no('AWS::Lambda::Function', '/Metadata/residency:providers/providers/*/accepted');

/** Where data is stored and processed. */
export const PLACE = answers({
  'place.storage': {
    status: 'provided',
    text: 'Stacks, stores, keys, logs and replicas are deployed only to Regions inside the declared boundary. The guard refuses a template with any other place at synth.',
    rest: 'That a Region is physically in its country is a statement of AWS. In the `aws` partition, metadata that AWS itself stores, such as that of IAM, billing and support, is outside the EU.',
    pointers: [
      test('app/deployment-stacks', 'no template names a Region outside the boundary'),
      test(
        'e2e/refusals.long',
        'a resource that could leave the boundary is refused with the place, the reason and the fix',
      ),
      fact('eu-geography'),
      page('PROMISES'),
    ],
    needsResident: true,
    words:
      'data residency, where is data, where are the servers, wo stehen, wo werden daten, donnees elles heberge, donnees elles stocke, donnees heberge in-eu, donnees stocke in-eu, donnees conserve in-eu, donnees restent in-eu, donnees demeurent in-eu, stockage donnees, localisation stockage, locations customer data, regions customer data, data location, stored in-eu, data kept in-eu, hosted in-eu, stored eu server, hosted eu server, data centre in-eu, data centres in-eu, data center in-eu, data centers in-eu, hosting in-eu, data stay in-eu, data stays in-eu, data remain in-eu, data held in-eu, servers in-eu, speicherung in-eu, in-eu gespeichert, gespeichert in-eu, in-eu gehostet, eu servern gespeichert, eu servern gehostet, eu rechenzentren gespeichert, eu rechenzentren gehostet, gehostet in-eu, daten in-eu bleiben, daten bleiben in-eu, daten in-eu verbleib, daten verbleib in-eu, daten liegen in-eu, server in-eu, serveurs in-eu, rechenzentren, datenspeicherung, serverstandort, localisation des donnees, hebergement, stockage in-eu',
  },
  'place.processing': {
    status: 'provided',
    about: 'tenant',
    text: 'A model is called only at destinations whose every Region is inside the boundary. IAM and endpoint policies name each model. The deployment and an hourly check ask Bedrock where each profile routes.',
    rest: 'That Bedrock and other providers process a request where they say is their statement. Servers of your own are used without this check.',
    pointers: [
      test(
        'runtime/gateway/contacts',
        'whatever the policy, nothing is served but what is proven to be inside and unkept',
      ),
      test(
        'perimeter/bedrock-statements',
        'no boundary, source Region and target yield a statement for an unnamed Region or one outside the boundary',
      ),
      has('AWS::Events::Rule', '/Properties/State', 'ENABLED', { named: /DestinationCheckEveryHour/ }),
      each('AWS::EC2::VPCEndpoint', '/Properties/PolicyDocument'),
      NO_WIDER_EUROPE,
      page('PROMISES'),
    ],
    needsResident: true,
    words:
      'processed in-eu, processing in-eu, processing takes place in-eu, inference in-eu, verarbeitung in-eu, in-eu verarbeitet, verarbeitet in-eu, datenverarbeitung, traitee in-eu, traites in-eu, traitement donnees realise in-eu, traitement donnees effectue in-eu, traitement donnees lieu in-eu',
  },
  'place.no-fallback': {
    status: 'provided',
    about: 'tenant',
    text: 'If no destination inside the boundary can answer, the request fails. There is no fallback outside it.',
    rest: 'This is about requests and content. In the `aws` partition, AWS stores metadata of IAM, Organizations, Route 53, billing and support outside the EU.',
    pointers: [
      test(
        'runtime/gateway/contacts',
        'whatever the policy, nothing is served but what is proven to be inside and unkept',
      ),
      NO_WIDER_EUROPE,
    ],
    needsResident: true,
    words:
      'third countr, leave the eu, data stay in-eu, data stays in-eu, data remain in-eu, verlassen daten eu, verlassen eu, eu verlassen, daten in-eu bleiben, daten bleiben in-eu, daten in-eu verbleib, daten verbleib in-eu, drittland, drittlaender, drittstaat, pays tiers, no fallback, outside the eu, hors de l eu, ausserhalb der eu, quitte eu, donnees restent in-eu, donnees demeurent in-eu',
  },
  'place.country': {
    status: 'provided',
    text: 'The boundary can be the EU, the EEA, a list of countries or a list of Regions. Regions and models outside it are refused.',
    rest: 'A narrower boundary has fewer models. `eu-residency models --boundary DE` lists them.',
    pointers: [
      test('cli/commands/models.long', 'inside %s it lists what may be called, and nothing else'),
      test('examples/examples.long', '%s synthesizes, and matches its snapshot'),
      page('CONFIG'),
    ],
    words:
      'in deutschland, in germany, en france, in frankreich, choose the region, choice of region, wahl der region, choix de la region',
  },
  'place.inventory': {
    status: 'provided',
    about: 'tenant',
    text: 'Each synth lists every store with its Region, country, key and retention period, every destination of each model, and the basis of each statement. The answers of the gateway and the records name the Regions that may have processed a request.',
    pointers: [
      test('e2e/sample-synth', 'the sample passes and ends with the inventory'),
      test('runtime/gateway/records', 'the record has exactly the fields of the contract'),
      page('PROMISES#the-inventory'),
      page('COMPATIBILITY#errors'),
    ],
    words:
      'data flow, datenfluss, flux de donnees, which region, data inventory, inventory of data, inventory of stores',
  },
  'place.zones': {
    status: 'inherited',
    text: 'The network spans at least two Availability Zones by default, and the services that store content are regional services of AWS. That zones are separate sites is a statement of AWS.',
    rest: 'An existing VPC has the zones of its subnets. A second Region is an option (`regions.recovery`).',
    attestation: 'c5',
    pointers: [
      test('constructs/foundation/foundation.long', 'spans two zones, known without a look-up'),
      has('AWS::EC2::Subnet'),
    ],
    words: 'availability zone, two locations, redundan, verfuegbarkeitszone, high availability',
  },
  'place.metadata': {
    status: 'not-met',
    text: 'In the `aws` partition, AWS stores metadata of IAM, Organizations, Route 53, billing and support outside the EU. Content and the keys of content are not there.',
    rest: 'In the `aws-eusc` partition, AWS stores this metadata in the EU. The package can be deployed there, which was not tried.',
    pointers: [
      page('LIMITS#providers-and-laws'),
      test('facts/sovereign', 'the sovereign Region has every service that a deployment uses'),
    ],
    needsResident: true,
    words:
      'metadata, metadaten, metadonnees, billing, abrechnung, telemetry, account data, technical data, donnees techniques, transfers outside, cross border transfer, transfers hors, transferts hors, uebermittlung ausserhalb, verlassen daten eu, verlassen eu, eu verlassen, quitte eu, leave the eu, data stay in-eu, data stays in-eu, data remain in-eu, daten in-eu bleiben, daten bleiben in-eu, daten in-eu verbleib, daten verbleib in-eu, donnees restent in-eu, donnees demeurent in-eu, data transfer, drittland, drittlaender, third countr, pays tiers',
  },
});
