/**
 * Where the requirements of a list come from. They are in words of this package, and the ends of documents couldn't always be read. Those
 * of buyers are three tender notices, a call for expressions of interest and an announced procurement, without their annexes.
 */
export interface ListSource {
  readonly file: string;
  /** `notice` is of a tender; `interest` and `announced` precede one. */
  readonly kind: 'notice' | 'interest' | 'announced' | 'questions';
  readonly buyer: string;
  readonly source: string;
  /** What was read. */
  readonly read: string;
  /** How many of its requirements have a proposal. */
  readonly proposed: number;
}

export const LISTS: readonly ListSource[] = [
  {
    file: 'hessen',
    kind: 'notice',
    buyer: 'Land Hessen: chatbot in the intranet of the administration, with support for its introduction',
    source: 'https://de.openprocurements.com/tender/chatbots-mit-einfuhrungsunterstutzung',
    read: 'the description in the notice, not the annexes',
    proposed: 12,
  },
  {
    file: 'daad',
    kind: 'notice',
    buyer: 'Deutscher Akademischer Austauschdienst, 212/2025: frame for an external chatbot and knowledge bases',
    source: 'https://www.evergabe-online.de/tenderdetails.html?id=792064',
    read: 'the description in the notice, not the annexes',
    proposed: 9,
  },
  {
    file: 'baden-wuerttemberg',
    kind: 'notice',
    buyer: 'frame for chatbots as a service for municipalities and districts, Reutlingen, 2025',
    source: 'https://vergabeportal-bw.de/Satellite/public/company/project/CXRAYDBY5YK/de/processdata/eforms',
    read: 'the description, the award criteria and the criteria of suitability in the notice, not the annexes',
    proposed: 10,
  },
  {
    file: 'dinum',
    kind: 'interest',
    buyer: 'DINUM: appel à manifestation d’intérêt « Solutions d’IA pour le public », 7 April 2025',
    source: 'https://alliance.numerique.gouv.fr/actualit%C3%A9s/appel-%C3%A0-manifestation-dint%C3%A9r%C3%AAt',
    read: 'the announcement, the beginning of the cahier des charges (madada.fr) and two reports of it (actuia.com, clubic.com)',
    proposed: 16,
  },
  {
    file: 'havelland',
    kind: 'announced',
    buyer: 'Landkreis Havelland, 2025: chatbot for its app and website',
    source: 'https://bi-medien.de/ausschreibungsdienste/ausschreibungen/A457796323',
    read: 'the announcement of the planned procurement',
    proposed: 3,
  },
  {
    file: 'vendor-questions',
    kind: 'questions',
    buyer: 'a public questionnaire for vendors',
    source: 'https://github.com/hello-techsec/ai-vendor-risk-assessment-kit',
    read: 'questionnaires/vendor_ai_security_privacy.md',
    proposed: 16,
  },
  {
    file: 'questionnaires',
    kind: 'questions',
    buyer: 'two public questionnaires for vendors, and questions in German like them',
    source: 'https://github.com/syedahmedz/ai-compliance-questionnaire',
    read: 'questionnaire.md, and the questions in https://www.viasay.io/blog/appel-offre-chatbot-ia-rgpd-template',
    proposed: 24,
  },
  {
    file: 'catalogues',
    kind: 'questions',
    buyer: 'requirements of SecNumCloud 3.2 (chapters 10 and 19) and conditions of C5:2026 (GC-01 to GC-03)',
    source: 'https://github.com/intuitem/ciso-assistant-community',
    read: 'the catalogues in a public library of frameworks',
    proposed: 18,
  },
];
