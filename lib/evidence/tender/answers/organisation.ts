import { answers } from '../model/answer';
import { page, test } from '../model/pointer';

/** What only the party that operates a deployment can do. */
export const ORGANISATION = answers({
  'organisation.management': {
    status: 'customer',
    text: 'Information security management, policies, roles, risk management and their reviews are those of the operator. The package is software and has no organisation.',
    pointers: [],
    words:
      'isms, information security management, informationssicherheitsmanagement, security policy, risk management, risikomanagement, gestion des risques, governance, pssi, sicherheitskonzept',
  },
  'organisation.certificates': {
    status: 'customer',
    text: "The package isn't certified, and qualifies you under no scheme. Certificates of the bidder are the bidder's own. Those of AWS are requested from AWS Artifact.",
    pointers: [page('README.md#data-protection-officers-and-procurement'), page('SECURITY.md#what-is-not-promised')],
    words:
      '27001, 27018, c5, certificate, certification, certifie, zertifi, attest, testat, soc 2, tisax, hds, bsi, it grundschutz',
  },
  'organisation.staff': {
    status: 'customer',
    text: 'The operator selects, binds, trains and releases its own staff. The package has none.',
    pointers: [],
    words:
      'personnel security, personnel is, personnel are, personnel du prestataire, personnel du titulaire, personal des auftragnehmers, employees, mitarbeiter des auftragnehmers, non disclosure, confidentiality agreement, verschwiegenheit, confidentialite',
  },
  'organisation.training': {
    status: 'customer',
    text: 'Training and introduction of users are offered by the bidder. The pages and the commands can be used for it.',
    pointers: [page('OPERATIONS'), page('README.md#try-it')],
    words:
      'schulung, user training, training concept, einfuehrungsunterstuetzung, formation, workshop, onboarding, projektkonzept',
  },
  'organisation.incidents': {
    status: 'customer',
    text: 'Plans, teams, assessment and notices of incidents are those of the operator. Alarms, records, the trail and the list of principals that can decrypt are material for them.',
    pointers: [page('OPERATIONS#alarms-and-incidents'), page('LIMITS#alarms-and-evidence')],
    words:
      'incident, sicherheitsvorfall, data breach, datenpanne, datenschutzverletzung, datenschutzvorfall, 72 hours, meldepflicht, violation de donnees, nis2, crisis, csirt',
  },
  'organisation.continuity': {
    status: 'customer',
    text: 'Impact analysis, continuity plans and their exercises are those of the operator. The recovery Region and its drill are means for them.',
    pointers: [
      test('cli/commands/drill', 'each workspace is read back in the recovery Region, by the role of its stack'),
      page('OPERATIONS#if-the-primary-region-is-lost'),
    ],
    words: 'business impact, continuity plan, notfallplan, notfallkonzept, 22301',
  },
  'organisation.audit': {
    status: 'customer',
    text: 'Audits of the organisation and of the deployment are planned by the operator. Source, tests, templates and evidence are open to any auditor; AWS itself is audited through its reports.',
    pointers: [page('CODE'), page('PROMISES')],
    words:
      'audit right, right to audit, pruefrecht, kontrollrecht, droit d audit, internal audit, inspection, external audit',
  },
  'organisation.suppliers': {
    status: 'customer',
    text: "Sub-processors are AWS, each provider outside AWS that you configure and, where a model's terms say so, the provider of a model at Bedrock. Contracts with them, their assessment and notices of changes are yours. The inventory names the destinations that a deployment calls.",
    pointers: [
      test('e2e/sample-synth', 'the sample passes and ends with the inventory'),
      page('LIMITS#providers-and-laws'),
    ],
    words:
      'sub processor, subprocessor, subcontract, unterauftrag, sous traitant, third party ai, service providers, article 28, artikel 28, art 28, auftragsverarbeitung, data processing agreement, avv, dpa, lieferanten, third part, dritte',
  },
  'organisation.contract': {
    status: 'customer',
    text: "Applicable law, place of jurisdiction, liability, service levels and return of data are agreed in the bidder's contract.",
    pointers: [page('README.md#data-protection-officers-and-procurement')],
    words:
      'applicable law, anwendbares recht, gerichtsstand, jurisdiction, liability, haftet, haftung, droit applicable, droit etat membre, juridiction, personne morale',
  },
  'organisation.references': {
    status: 'customer',
    text: 'References, turnover, staff numbers, registration and the price of the offer are statements of the bidder.',
    pointers: [],
    words:
      'referenz, turnover, umsatz, chiffre d affaires, handelsregister, trade register, zahl der beschaeftigten, number of employees, insurance, eigenerklaerung, reference project, references from, angebotspreis, rabatt',
  },
  'organisation.assets': {
    status: 'customer',
    text: 'The list, classification and owners of assets are those of the operator. The inventory lists stores, keys and destinations, and tags can name cost centres and owners.',
    pointers: [test('e2e/sample-synth', 'the sample passes and ends with the inventory'), page('CONFIG')],
    words:
      'asset management, asset inventory, classification of information, klassifizierung, schutzbedarf, classification des donnees',
  },
  'organisation.development': {
    status: 'customer',
    text: "Rules for your own development, environments and releases are yours. The package's own are written in its repository.",
    pointers: [page('CONTRIBUTING.md'), page('CODE')],
    words:
      'development guideline, entwicklungsrichtlinie, development environment, testumgebung, entwicklungsumgebung, environnement de developpement',
  },
});
