import type { Basis } from '../../report/inventory-line';
import { code, type Inline } from '../tree/tree';
import type { Words } from '../words/en/en';

type Common = Words['common'];

/** The report's own texts in a language; a text of a template isn't one of them. */
const textsOf = (common: Common): Readonly<Record<string, string>> => ({
  nothing: common.nothing,
  unknown: common.unknown,
  'what its owner configures': common.ownerDecides,
  "a server of the deployment's own network": common.ownNetwork,
  "the service's own key": common.serviceKey,
  'no key is named': common.noKeyNamed,
  'a key named at deployment': common.keyAtDeployment,
  "the item's writer": common.itemWriter,
  "the object's writer": common.objectWriter,
  'the owner': common.owner,
  'the declared contract': common.declaredContract,
  'the deployer': common.deployer,
  'until deleted': common.untilDeleted,
  'as each item sets': common.asItemSets,
  forever: common.forever,
  'old versions until deleted': common.oldVersionsStay,
  'stores no content': common.noContent,
  'as the service sets': common.asServiceSets,
  'a period named at deployment': common.periodAtDeployment,
  'log group': common.logGroup,
  'state machine': common.stateMachine,
  'S3 bucket': common.bucket,
  'DynamoDB table': common.dynamoTable,
  'DynamoDB replica': common.dynamoReplica,
  'Cognito user pool': common.userPool,
});

function known(common: Common, text: string): string | undefined {
  const texts = textsOf(common);
  return Object.hasOwn(texts, text) ? texts[text] : undefined;
}

/** A text of the report in a language. Others are quoted. */
export const cellText = ({ common }: Words, text: string): Inline => known(common, text) ?? code(text);

/** How long something is retained, as the report says it. A text that isn't known is quoted. */
export function retentionText({ common }: Words, text: string): Inline {
  const parts = text.split(/ \+ |, (?=old versions )/).map((part) => period(common, part));
  return parts.includes(undefined) ? code(text) : parts.join(' + ');
}

const PERIOD = /^(?:at least )?(\d+) (day|year)s?(?: (restorable|as an old version|in backups|\(object lock\)))?$/;

function period(common: Common, text: string): string | undefined {
  const [, number, unit, more] = PERIOD.exec(text) ?? [];
  if (number === undefined) return known(common, text);
  const length = unit === 'day' ? common.days(Number(number)) : common.years(Number(number));
  switch (more) {
    case 'restorable':
      return common.restorable(length);
    case 'as an old version':
      return common.oldVersion(length);
    case 'in backups':
      return common.inBackups(length);
    case undefined:
      return length;
    default:
      return common.locked(length);
  }
}

/** What a statement rests on. */
export function basisText({ common }: Words, basis: Basis): string {
  const name = (text: string) => known(common, text) ?? text;
  switch (basis.kind) {
    case 'enforced':
      return common.enforced;
    case 'set':
      return common.setBy(name(basis.by));
    case 'claimed':
      return common.claimed(name(basis.by), basis.asOf) + (basis.stale ? ` (${common.stale})` : '');
    case 'none':
      return common.noBasis;
  }
}
