/** The impact assessment (GDPR, Article 35) and the assessment of transfers (Chapter V). */
export const assessment = {
  title: 'Data protection impact assessment: skeleton (Article 35 GDPR)',
  intro:
    'The facts of the deployment in the order of Article 35(7) GDPR. Whether an assessment is required, and what it concludes, is for the controller to decide.',
  description: 'Systematic description of the processing (Article 35(7)(a))',
  tenants: 'Workspaces and projects',
  purposesField: 'purposes, and legitimate interests where applicable',
  scaleField: 'number of persons concerned, frequency and context of use',
  necessity: 'Necessity and proportionality (Article 35(7)(b))',
  necessityField: 'why the processing is necessary and proportionate for the purposes',
  risks: 'Risks to rights and freedoms (Article 35(7)(c))',
  risksOf:
    'Each topic is a section of the package’s page of known limits. Likelihood and severity depend on the controller’s use.',
  topic: 'Topic',
  remains: 'What remains',
  limitsStated: (count: number) => (count === 1 ? '1 limit' : `${count} limits`),
  rating: 'Likelihood and severity',
  ratingField: 'rating',
  open: 'Open points of the deployment',
  point: 'Point',
  reason: 'Reason',
  exception: (rule: string) => `Exception to the rule ${rule}`,
  approved: (by: string, until?: string) =>
    `approved by ${by}${until === undefined ? ', for as long as residency.yaml states it' : `, expires on ${until}`}`,
  finding: (rule: string) => `Finding of the rule ${rule}`,
  row: (criterion: string, count: number) =>
    count === 1 ? `1 row of the criterion ${criterion}` : `${count} rows of the criterion ${criterion}`,
  noOpenPoint: 'The report has no exception, and each of its rows is ok.',
  measures: 'Measures to address the risks (Article 35(7)(d))',
  measuresAt: 'See the Article 28 annex, section “Measures”.',
  furtherField: 'further measures, and the risk that remains',
  advice: 'Advice and consultation',
  adviceField: 'advice of the data protection officer (Article 35(2))',
  viewsField: 'views of data subjects or their representatives (Article 35(9))',
  priorField: 'whether prior consultation of the supervisory authority is required (Article 36)',
  signature: 'Date and signature',
  signatureField: 'date, name and signature of the controller',
  transferTitle: 'Assessment of transfers to third countries (Chapter V GDPR)',
  transferIntro:
    'What the deployment shows about places, and which access from third countries remains. The legal assessment is for the controller.',
  places: 'Places of storage and processing',
  inside: 'Inside the boundary',
  yes: 'yes',
  no: 'no',
  uses: 'Use',
  useNames: { stores: 'stores', keys: 'keys', gateway: 'gateway', inference: 'models', recovery: 'recovery' },
  flows: 'Flows between Regions',
  from: 'From',
  to: 'To',
  purpose: 'Purpose',
  flowNames: { inference: 'call of a model', replication: 'replication', 'key copy': 'copy of keys', other: 'other' },
  usLaw: 'Law of the United States',
  usLawOf:
    'Amazon Web Services is owned by a company in the United States. US law, such as section 702 of the Foreign Intelligence Surveillance Act and the CLOUD Act, applies to US-owned providers wherever their data centres are. The place of storage alone doesn’t prevent an order to disclose data.',
  usLawField: 'assessment of the likelihood and effect of such an order for the data in question',
  dpf: 'EU-US Data Privacy Framework',
  dpfOf:
    'The adequacy decision (Implementing Decision (EU) 2023/1795) covers transfers to certified organisations. The General Court dismissed an action against it on 3 September 2025 (T-553/23); an appeal was brought on 31 October 2025 (C-703/25 P). Its state after that isn’t known to this document.',
  dpfField:
    'whether the provider is certified, whether the decision still applies, and the transfer tool if it doesn’t (Article 46)',
  partition: 'Partition of the provider',
  commercial: (regions: number) =>
    `The deployment uses ${regions === 1 ? '1 Region' : `${regions} Regions`} of the partition aws. In it, IAM, Organizations, Route 53, billing and support store their metadata outside the EU. Names, tags and descriptions must contain no personal data.`,
  sovereign: (regions: number) =>
    `The deployment uses ${regions === 1 ? '1 Region' : `${regions} Regions`} of the European Sovereign Cloud (aws-eusc), which stores its metadata in the EU.`,
  supplementary: 'Supplementary measures',
  supplementaryOf:
    'Content is encrypted at rest. The provider operates the key service and processes plain text while a request is served, so encryption doesn’t prevent access by the provider.',
  keysOf: (keys: number) =>
    `The templates define or use ${keys === 1 ? '1 key' : `${keys} keys`}; the report lists the principals that can decrypt with each.`,
  conclusion: 'Conclusion',
  conclusionField: 'conclusion, date and signature of the controller',
};
