/** A duty of Regulation (EU) 2024/1689, from the day on which it applies (as amended by Regulation (EU) 2026/1744). */
export interface Duty {
  readonly article: string;
  /** As `YYYY-MM-DD`. */
  readonly appliesFrom: string;
  /** Whether it concerns only high-risk systems. The day is then that of systems of Annex III. */
  readonly isHighRisk?: true;
}

/** The words of a language say what each asks, what the deployment provides and what remains to the controller. */
export const DUTIES = {
  logging: { article: '12, 19', appliesFrom: '2027-12-02', isHighRisk: true },
  use: { article: '26(1)–(5)', appliesFrom: '2027-12-02', isHighRisk: true },
  logs: { article: '26(6)', appliesFrom: '2027-12-02', isHighRisk: true },
  workers: { article: '26(7)', appliesFrom: '2027-12-02', isHighRisk: true },
  registration: { article: '26(8)', appliesFrom: '2027-12-02', isHighRisk: true },
  assessment: { article: '26(9)', appliesFrom: '2027-12-02', isHighRisk: true },
  decisions: { article: '26(11)', appliesFrom: '2027-12-02', isHighRisk: true },
  interaction: { article: '50(1)', appliesFrom: '2026-08-02' },
  marking: { article: '50(2)', appliesFrom: '2026-08-02' },
  emotions: { article: '50(3)', appliesFrom: '2026-08-02' },
  disclosure: { article: '50(4)', appliesFrom: '2026-08-02' },
} as const satisfies Readonly<Record<string, Duty>>;

export type DutyId = keyof typeof DUTIES;

/** Systems on the market before 2 August 2026 have until this day for the marks of Article 50(2): Article 111(4). */
export const MARKING_OF_EARLIER_SYSTEMS = '2026-12-02';

/** A right of the data subject under Regulation (EU) 2016/679. */
export const RIGHTS = {
  access: '15',
  rectification: '16',
  erasure: '17',
  restriction: '18',
  notification: '19',
  portability: '20',
} as const;

export type RightId = keyof typeof RIGHTS;
