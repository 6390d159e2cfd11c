import { answers } from '../model/answer';
import { page, test } from '../model/pointer';
import { has } from '../model/template-pointer';

/** AWS, the providers of models, and the law that applies to them. */
export const PROVIDER = answers({
  'provider.sites': {
    status: 'inherited',
    text: 'AWS secures, supplies and watches its data centres. The package deploys nothing outside them.',
    attestation: 'c5',
    pointers: [page('LIMITS#providers-and-laws')],
    words:
      'physical security, physische sicherheit, zutritt, fire protection, brandschutz, power supply, stromversorgung, perimeter',
  },
  'provider.hardware': {
    status: 'inherited',
    text: 'AWS buys, lists, wipes and retires the hardware.',
    attestation: 'c5',
    pointers: [page('LIMITS#providers-and-laws')],
    words: 'hardware, decommission, datentraeger, vernichtung, destruction materiel',
  },
  'provider.components': {
    status: 'not-met',
    text: "Where AWS's hardware and firmware come from, who supplies them, and who audits these suppliers isn't known to the package. Ask AWS for a statement.",
    pointers: [page('LIMITS#providers-and-laws')],
    words: 'origin of hardware, firmware, manufactur, herkunft der hardware, supplier audit',
  },
  'provider.staff': {
    status: 'inherited',
    text: "AWS vets, trains and limits its own staff, and decides from where they work. Stored content is encrypted under members' keys; while it is processed, the package can't exclude AWS.",
    attestation: 'c5',
    pointers: [
      test('runtime/workspace/conversations/encryption-and-expiry', 'the stores contain no plaintext of a member'),
      has('Custom::ContentRetention'),
      page('LIMITS#providers-and-laws'),
    ],
    words: 'provider staff, zugriff durch den anbieter, background check, sicherheitsueberpruefung, security clearance',
  },
  'provider.separation': {
    status: 'inherited',
    text: 'AWS separates its customers on shared machines and networks.',
    attestation: 'c5',
    pointers: [page('LIMITS#providers-and-laws')],
    words: 'hypervisor, shared infrastructure, separation between customers, software defined network',
  },
  'provider.certificates': {
    status: 'inherited',
    text: 'Certificates of the default host names are issued by AWS. A certificate of your own is requested from ACM before the deployment.',
    attestation: 'c5',
    pointers: [has('AWS::ApiGateway::RestApi'), page('OPERATIONS#a-host-name-of-your-own')],
    words: 'certificate authority, public key infrastructure, pki',
  },
  'provider.time': {
    status: 'inherited',
    text: 'Clocks of functions, logs and the trail are those of AWS.',
    attestation: 'c5',
    pointers: [has('AWS::CloudTrail::Trail')],
    words: 'clock synch, zeitsynchron, ntp',
  },
  'provider.energy': {
    status: 'inherited',
    text: "Energy, water, cooling and reuse of hardware are AWS's. The package measures none of them. It deploys functions and stores that are billed by use and idle without servers of their own.",
    attestation: 'sustainability',
    pointers: [test('stacks/workspace-cost.long', 'each idle cost of a workspace is that of its stack'), page('COST')],
    words:
      'energy, energie, carbon, co2, sustainab, nachhaltig, umwelt, empreinte, frugal, pue, renewable, circular, environmental, green it',
  },
  'provider.us-law': {
    status: 'not-met',
    text: 'AWS is owned by a US company. US law applies to it wherever its data centres are, also in the `aws-eusc` partition. Encryption limits what can be disclosed from stores, not what can be ordered.',
    rest: '`providers.euOwnedOnly` refuses models of companies whose owner is not under the law of an EU member state. The platform is AWS all the same.',
    pointers: [page('LIMITS#providers-and-laws'), page('README.md#data-protection-officers-and-procurement')],
    words:
      'cloud act, fisa, us law, extraterritor, foreign law, non eu law, droit extra, foreign authorit, us company, eu company, eu unternehmen, schrems, immun, headquarter, sitz des unternehmens, siege, ownership, souveraenitaet, souverainete, sovereign',
  },
  'provider.requests': {
    status: 'inherited',
    text: 'Requests of authorities for data at AWS are answered by AWS, which states when it informs customers. Requests to you are answered by you. The package has no channel for either.',
    attestation: 'contract',
    pointers: [page('LIMITS#providers-and-laws')],
    words:
      'government request, investigation request, behoerdenanfrage, ermittlungsanfrage, law enforcement, access by authorit, zugriff durch behoerden',
  },
  'provider.secnumcloud': {
    status: 'not-met',
    text: "SecNumCloud isn't met on AWS. Its chapter 19.6 requires a provider with seat and control in the EU, protected from law outside it, and AWS is owned by a US company. The package qualifies nothing.",
    pointers: [page('README.md#data-protection-officers-and-procurement'), page('LIMITS#providers-and-laws')],
    words: 'secnumcloud, anssi, qualifie',
  },
  'provider.cut-off': {
    status: 'not-met',
    text: 'If AWS ended or suspended the account or a service, the deployment would stop at once. The templates run on AWS only. Exports, your own servers for models and providers outside AWS keep content and models usable elsewhere.',
    pointers: [
      page('LIMITS#providers-and-laws'),
      test(
        'runtime/rights/export.long',
        'an export contains all content of a member, and its manifest names every file with its digest',
      ),
    ],
    words:
      'cut off, kill switch, suspension of the service, sanction, export control, perennite, independan, unabhaengigkeit, autonom, maitrise, resilience to',
  },
  'provider.roadmap': {
    status: 'not-met',
    text: 'AWS and the providers of models decide on their services, and build and release them by themselves. You decide on the package: its source is open, and you build and deploy it.',
    pointers: [
      page('LIMITS#providers-and-laws'),
      test('release/release', 'two builds on different machines are the same, byte by byte'),
    ],
    words: 'control over the roadmap, influence on the roadmap',
  },
  'provider.service': {
    status: 'customer',
    text: "The package isn't a hosted service. The bidder, or the buyer, deploys and operates it in an AWS account of its own, and may offer it as a service.",
    pointers: [page('README.md#cdk-eu-residency'), page('OPERATIONS#first-deployment')],
    words:
      'saas, software as a service, cloud service, cloud dienst, aus der cloud, cloud basiert, vollstaendig cloud, hosting durch, hosted by',
  },
  'provider.on-premises': {
    status: 'not-met',
    text: 'The package deploys to AWS only: to the `aws` partition or to `aws-eusc`. There is no version for your own data centre. Models can be served from your own network.',
    pointers: [page('README.md#platform-engineers'), page('CONFIG')],
    words:
      'on premise, on prem, eigenen rechenzentrum, sur site, private cloud, self hosted, windows server, red hat, kubernetes, oracle',
  },
  'provider.uk': {
    status: 'not-met',
    text: 'The boundaries are the EU, the EEA and parts of them. A Region in the United Kingdom or Switzerland is outside, and refused.',
    pointers: [
      test('constructs/shared/require-inside', 'refuses a key in London'),
      test('facts/generated', 'the EU member Regions are exactly the seven in the sources'),
    ],
    words: 'united kingdom, schweiz, the uk, vereinigtes koenigreich, royaume uni, switzerland, suisse',
  },
});
