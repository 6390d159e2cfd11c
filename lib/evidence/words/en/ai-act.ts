import type { DutyId } from '../../statements/duties';

/** A duty in words. */
export interface DutyWords {
  readonly duty: string;
  readonly provided: string;
  readonly task: string;
}

/** Regulation (EU) 2024/1689, as amended by Regulation (EU) 2026/1744. */
export const aiAct = {
  title: 'Duties under the AI Act (Articles 12, 26 and 50 of Regulation (EU) 2024/1689)',
  intro:
    'Dates as amended by Regulation (EU) 2026/1744. Articles 12 and 26 concern high-risk AI systems. Whether a use is high-risk, for example in education or employment (Annex III), depends on the controller’s use. Their dates are those of systems of Annex III; for systems of Annex I, the duties that concern them apply from 2 August 2028. Article 26(10) concerns law enforcement only and is left out, and so is Article 26(12) (cooperation with authorities).',
  classificationField: 'classification of each use under Article 6 and Annex III, and the role as provider or deployer',
  classification: 'Classification',
  article: 'Article',
  duty: 'Duty',
  from: 'Applies from',
  annexThree: 'Annex III',
  provided: 'Provided by the deployment',
  task: 'Remains to be done',
  earlierSystems: (day: string) => `${day} for systems on the market before 2 August 2026`,
  duties: {
    logging: {
      duty: 'Automatic recording of events (provider)',
      provided: 'A record of each request, and the trail of each use of a key, item and object.',
      task: 'Check that the records suffice for the purpose of the system.',
    },
    use: {
      duty: 'Use according to the instructions, human oversight, relevant input data, monitoring (deployer)',
      provided: 'Limits, alarms and records per request.',
      task: 'Assign oversight to persons with competence and authority; monitor the use.',
    },
    logs: {
      duty: 'Keep logs under one’s control for at least six months (deployer)',
      provided: 'See the periods below.',
      task: 'Set longer periods where they are shorter than six months, unless other law, in particular on data protection, provides otherwise.',
    },
    workers: {
      duty: 'Inform workers and their representatives before use at the workplace (deployer)',
      provided: 'The sheet for workers’ representatives lists what is recorded.',
      task: 'Inform them.',
    },
    registration: {
      duty: 'Register the use in the EU database, and use only registered systems (deployers that are public authorities or Union bodies)',
      provided: 'Nothing.',
      task: 'Check the registration of the system, and register the use (Article 49(3)).',
    },
    assessment: {
      duty: 'Use the provider’s information under Article 13 for the data protection impact assessment (deployer)',
      provided: 'The skeleton of the assessment under Article 35 GDPR.',
      task: 'Obtain the information, and use it in the assessment.',
    },
    decisions: {
      duty: 'Inform persons if the system makes, or helps to make, decisions about them (deployer)',
      provided: 'Nothing: the gateway has no user interface.',
      task: 'Inform them.',
    },
    interaction: {
      duty: 'Inform persons that they interact with an AI system (provider)',
      provided: 'Nothing: the gateway has no user interface.',
      task: 'Inform users in the application.',
    },
    marking: {
      duty: 'Mark generated content in a machine-readable format (provider)',
      provided: 'A header for each answer and metadata for stored and exported items; unsigned, and no watermark.',
      task: 'Pass the mark on; decide whether further marking is required.',
    },
    emotions: {
      duty: 'Inform persons exposed to emotion recognition or biometric categorisation (deployer)',
      provided: 'Nothing: the gateway has no user interface.',
      task: 'Decide whether a use is of this kind; if so, inform them. Inferring emotions at work or in education is prohibited, except for medical or safety reasons (Article 5(1)(f)).',
    },
    disclosure: {
      duty: 'Disclose that content is artificially generated (deployer)',
      provided: 'Nothing: the gateway has no user interface.',
      task: 'Label deep fakes, and texts published on matters of public interest unless they underwent human review or editorial control and a person holds editorial responsibility for them.',
    },
  } satisfies Readonly<Record<DutyId, DutyWords>> as Readonly<Record<DutyId, DutyWords>>,
  periods: 'Periods of the logs',
  log: 'Log',
  sixMonths: 'At least six months',
};
