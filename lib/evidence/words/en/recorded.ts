import type { RecordedId } from '../../statements/recorded-catalogue';
import type { ErasureEffect, FieldGroup, Reader } from '../../statements/recorded-sources';

/** The sheet for workers’ representatives. */
export const recorded = {
  title: 'Information for workers’ representatives: who used what, and when',
  intro:
    'Each log, record, metric, trail and table of the deployment that shows the use of the system. None of them contains the text of a prompt or an answer. Content itself is encrypted under each member’s own key.',
  overview: 'Overview',
  source: 'Source',
  person: 'Relates to a person',
  personBy: 'yes, by a pseudonym, a name or an address',
  noPerson: 'no',
  purpose: 'What it is for',
  fields: 'Fields',
  readers: 'Who can read it',
  retention: 'Retention',
  shorten: 'How to shorten it',
  erasure: 'What an erasure of the member does',
  notDeployed: 'not deployed',
  inFact: (period: string) => `${period}, in fact`,
  inFile: (name: string) => `key ${name} of residency.yaml`,
  inConstruct: (name: string) => `property ${name} of the construct library`,
  notShorter: 'can’t be shortened',
  agreement: 'Agreement',
  agreementField:
    'works agreement or statutory basis for these data, and the prohibition or permission of monitoring performance and conduct',
  groups: {
    person: 'person',
    time: 'time',
    use: 'use',
    volume: 'amount',
    outcome: 'result',
    technical: 'technical',
  } satisfies Readonly<Record<FieldGroup, string>> as Readonly<Record<FieldGroup, string>>,
  people: {
    operators: 'operators with permission on the account',
    auditors: 'auditors of the workspace',
    administrators: 'administrators of the workspace',
    members: 'the member concerned',
  } satisfies Readonly<Record<Reader, string>> as Readonly<Record<Reader, string>>,
  effects: {
    deleted: 'deletes it',
    stays: 'doesn’t reach it; it stays until its retention ends',
    'by-administrator': 'doesn’t reach it; an administrator or the identity provider deletes the user',
    'no-person': 'nothing: it names no member',
  } satisfies Readonly<Record<ErasureEffect, string>> as Readonly<Record<ErasureEffect, string>>,
  sources: {
    residencyRecord: [
      'Residency record',
      'proves for each request, and each act of an administrator, where it was processed',
    ],
    ledgerHours: ['Ledger of requests', 'proves later that no record of a request was changed, removed or inserted'],
    ledgerCheckpoints: ['Signed checkpoints of the ledger', 'prove which records the ledger had at a time'],
    operationsRecord: ['Operations record', 'measures requests, failures and times'],
    accessLog: ['Access log of the APIs', 'shows which resource was requested, with which result'],
    metrics: ['Metrics', 'sums of requests, tokens, failures and times'],
    trail: ['Trail (CloudTrail)', 'shows who used which key, item and object, and who changed what in the account'],
    objectAccess: ['Access log of the buckets', 'shows who requested which object'],
    webAcl: ['Log of blocked requests (web ACL)', 'shows why a request was blocked'],
    flowLog: ['Network log', 'shows connections between functions and endpoints'],
    functionLogs: ['Logs of jobs and checks', 'shows what happened to a job, by its ID'],
    jobHistory: ['History of jobs', 'shows the steps of a job, by its ID'],
    content: ['Readable part of stored content', 'finds and expires conversations, files and prompts'],
    jobs: ['Jobs and holds', 'shows who requested, released or cancelled an export, an erasure or a hold'],
    exports: ['List of exports', 'shows a user which exports there are, and who receives them'],
    branchKeys: ['Members’ keys', 'encrypts each member’s content'],
    keyRequests: ['Requests for keys', 'has a key made when a member first stores content'],
    usage: ['Token totals', 'enforces limits and sums up costs'],
    recordLinks: ['Links of records to members', 'shows an auditor which member made a request'],
    members: ['Blocked members and given roles', 'ends sessions, and shows who gave a role to which member'],
    userPool: ['User directory', 'signs members in'],
    apiKeys: ['API keys of projects', 'admits applications; the label is free text'],
    certificates: ['Certificates of erasure', 'proves that an erasure is complete'],
  } satisfies Readonly<Record<RecordedId, readonly [name: string, purpose: string]>> as Readonly<
    Record<RecordedId, readonly [name: string, purpose: string]>
  >,
};
