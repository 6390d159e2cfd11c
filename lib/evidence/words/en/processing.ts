/** The record of processing activities (GDPR, Article 30) and the notice for members (Article 13). */
export const processing = {
  recordTitle: 'Record of processing activities (Article 30 GDPR)',
  recordIntro:
    'A record for each workspace and each project, as Article 30(1) GDPR requires it of the controller. It isn’t the record of a processor under Article 30(2): who operates this for others writes their own. Places and periods are those of the synthesized templates; the report doesn’t show whether they are deployed.',
  joint: 'Joint controller and representative',
  jointField: 'where applicable, the joint controller and the controller’s representative',
  purposes: 'Purposes of the processing',
  purposesField: 'the purposes, and the legal basis under Article 6(1) GDPR',
  workspacePurpose:
    'The workspace lets its members use language models, and stores their conversations, files and prompts.',
  projectPurpose:
    'The project lets an application send requests to language models. The content of requests and answers isn’t stored.',
  subjects: 'Categories of data subjects',
  workspaceSubjects: 'members, administrators and auditors of the workspace; persons mentioned in members’ content',
  projectSubjects: 'persons mentioned in the application’s requests',
  subjectsField: 'further categories of data subjects, such as pupils, patients or clients',
  data: 'Categories of personal data',
  workspaceData:
    'content (conversations, files, prompts), encrypted under each member’s own key; member IDs (pseudonyms), times, sizes and token counts; records of requests',
  projectData:
    'content, while a request is processed and, if the provider caches it, for some minutes after; token counts and records of requests, without a person’s ID',
  specialField:
    'whether special categories of data (Article 9) or data on criminal convictions (Article 10) may be entered',
  recipients: 'Categories of recipients',
  workspaceRecipients:
    'the member concerned; a member who receives the export of another; auditors (records without content); processors (see the Article 28 annex)',
  projectRecipients: 'the application that calls the API; processors (see the Article 28 annex)',
  called: 'Models that may be called',
  log: 'Log of prompts and answers (invocation logging)',
  logField:
    'whether bedrock.invocationLogging of residency.yaml declares a log of prompts and answers (the report was made without this file)',
  noLog: 'None is declared.',
  logsTo: 'Amazon Bedrock may write every prompt and answer of the account in the primary Region to',
  logOf:
    'Key, readers and retention are as the owner of this store sets them. An erasure or a deletion doesn’t reach it.',
  transfers: 'Transfers to third countries',
  noTransfer: (regions: number) =>
    `None by the deployed resources: ${regions === 1 ? 'the Region that stores or may process data' : `each of the ${regions} Regions that store or may process data`} is in the EEA.`,
  transfersAt: 'The transfer assessment lists what remains.',
  transfer: 'Data may reach these Regions in third countries:',
  outsideBoundary: 'In the EEA but outside the boundary, data may reach:',
  transferPlaces: 'At providers outside AWS, data may reach these third countries:',
  unknownPlaces: (rows: number) =>
    `not known: the report doesn’t show every place (rows without a known place: ${rows})`,
  erasure: 'Time limits for erasure',
  erasureOf: 'Content',
  otherErasure: 'Other data: see the stores below.',
  projectErasure: 'No content is stored. Other data: see the stores below.',
  measures: 'Technical and organisational measures (Article 32)',
  measuresAt: 'see the Article 28 annex, section “Measures”',
  organisationalField: 'organisational measures, such as training, instructions and access rules',
  stores: 'Stores',
  sharedStores: 'Stores that tenants share',
  noticeTitle: 'Information for members (Article 13 GDPR)',
  noticeIntro: 'For the members of each workspace, at the time when their personal data are first collected.',
  who: 'Who is responsible',
  why: 'Why your data are processed',
  what: 'What is processed',
  whatOf:
    'Your conversations, files and prompts are stored encrypted, under a key of your own. Your member ID, times, sizes and the number of tokens that you use per day, and per month and model, are stored unencrypted. The trail of the account records your member ID with each use of your key and your content. It also records each sign-in with the time, your IP address and your browser. If the web application firewall blocks a request, your IP address is logged. Each request leaves a record of the time, the model and the Regions, without content and without your ID. A link to you is stored apart, and is deleted after its period or with your erasure. The trail stays; with the times of requests, it may tell who made them.',
  whoReads: 'Who can read it',
  whoReadsOf:
    'Other members, administrators and auditors can’t read your content. Operators who may change keys, roles or code can gain access to it, and so can the provider of the infrastructure. Administrators manage members and your rights. If you have left, your content can be handed over to a named member. Three people take part, but an operator together with one administrator suffices. You can cancel it only while a token of yours is still valid. Auditors read the records of requests, without who made them. What you alone used isn’t shown, unless the organisation declares that auditors see it. Each answer that you get then says so (header x-residency-monitoring), and until when.',
  receivers: 'Who receives your data',
  receiversOf: 'The processors below process them for the controller. The Article 28 annex has their roles.',
  where: 'Where',
  howLong: 'How long',
  howLongOf: 'You can delete your content at any time, unless a legal hold exists.',
  otherPeriods: 'How long other data about you are stored',
  interestsField: 'if the legal basis is Article 6(1)(f): the legitimate interests pursued',
  source: 'Where your data come from',
  sourceField:
    'for data that you didn’t give yourself: the source, such as an administrator or the identity provider (Article 14(2)(f))',
  rights: 'Your rights',
  rightsOf:
    'You have the right to access (Article 15), rectification (16), erasure (17), restriction (18) and data portability (20), and the right to object (21). You can request an export from an administrator, and erase your content yourself.',
  withdrawField: 'if the legal basis is consent: how consent can be withdrawn',
  complaint: 'Complaints',
  complaintField: 'the competent supervisory authority and its contact details',
  obligation: 'Whether you must provide data',
  obligationField:
    'whether providing data is a statutory or contractual requirement, and the consequences of not doing so',
  automated: 'Automated decisions',
  automatedField: 'whether answers are used for automated decisions, including profiling (Article 22)',
  generated:
    'Answers are generated by an AI system and can be wrong. Each answer has a machine-readable mark (Article 50(2) of Regulation (EU) 2024/1689).',
};
