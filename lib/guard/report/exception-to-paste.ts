import { visible, visibleJson } from '../../html/visible';
import { namesOneResource } from '../declarations/declared-exception';
import { LOGICAL_ID } from '../declarations/logical-id';
import { blocks, type Finding, type Proposal } from '../finding';
import { isCustomType } from '../rule/declared-places';
import { isMetaRule } from '../rule/meta-rules';
import { stackRegion } from '../rules/stack-region';

/** The parts of an exception that a finding determines, in the order in which they are written. */
type Parts = Readonly<Record<string, string | readonly string[] | undefined>>;

/** How long a suggested exception holds. */
const DAYS = 90;
const DAY = 86_400_000;

/**
 * An exception for one finding as an entry of `exceptions`, in lines of YAML that can be pasted; reason and approver are
 * to be replaced. None if no exception is permitted or needed.
 */
export function exceptionToPaste(finding: Finding, now: Date): string[] | undefined {
  if (isMetaRule(finding.rule) || !blocks(finding)) return undefined;
  const parts = partsOf(finding);
  const isNarrow = namesOneResource({ ...ANSWERS, rule: finding.rule, ...parts });
  if (isCustomType(finding.type ?? '') && !isNarrow) return undefined;
  if (finding.rule === stackRegion.id && (parts.types ?? parts.logicalId) === undefined) return undefined;
  const { proposal } = finding;
  // What a library says of a place is no reason to permit another one.
  const reason = proposal === undefined || proposal.place !== undefined ? ANSWERS.reason : declaredBy(proposal);
  return yaml({ rule: finding.rule, ...parts, ...ANSWERS, reason, expires: dayAfter(now) });
}

/** The place that a library declares for a finding, as an entry of `places`; none if it declares none. */
export function placeToPaste(finding: Finding): string[] | undefined {
  const { proposal } = finding;
  if (proposal?.place === undefined) return undefined;
  const { host, bucket, type, country } = proposal.place;
  return yaml({ host, bucket, type, country, reason: declaredBy(proposal) });
}

/** The reason of a library, under the library's name: the owner who accepts it is responsible for it. */
export const declaredBy = ({ library, reason }: Pick<Proposal, 'library' | 'reason'>): string =>
  `declared by ${library}: ${reason}`;

/** An example of an exception to a rule, for the page that explains it. */
export function exampleException(rule: string, now: Date): string[] {
  const about =
    rule === stackRegion.id ? { types: ['AWS::CertificateManager::Certificate'] } : { logicalId: 'LOGICALID' };
  return yaml({ rule, stack: 'STACK', ...about, ...ANSWERS, expires: dayAfter(now) });
}

const ANSWERS = { reason: 'why this is permitted', approver: 'who approved it', expires: '' };

const dayAfter = (now: Date) => new Date(now.getTime() + DAYS * DAY).toISOString().slice(0, 10);

function partsOf({ stack, file, logicalId, type, path = '', value, types }: Finding) {
  const id = logicalId !== undefined && LOGICAL_ID.test(logicalId) ? logicalId : undefined;
  const isExact =
    value !== undefined && value.length <= 400 && value === value.trim() && visible(value) === value && value !== '';
  return {
    ...(stack === file ? { file } : { stack }),
    logicalId: id,
    ...(id === undefined && { type }),
    property: path === '' ? undefined : propertyOf(path),
    value: isExact ? value : undefined,
    types: types === undefined || types.length === 0 ? undefined : types,
  };
}

/** The loader takes no spaces in a pointer. */
const propertyOf = (path: string) =>
  path
    .split('/')
    .map((step) => (/\s/.test(step) ? '*' : step))
    .join('/');

function yaml(parts: Parts): string[] {
  const lines = Object.entries(parts).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return typeof value === 'string'
      ? [`${key}: ${scalar(value)}`]
      : [`${key}:`, ...value.map((item) => `  - ${scalar(item)}`)];
  });
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

/** Plain where YAML reads it as text, otherwise in quotes as JSON, which YAML reads too. */
const scalar = (text: string) =>
  /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z/][\w ./*-]*(?:::?[\w./*-]+)*$/i.test(text) && text === text.trim()
    ? text
    : /^\d{4}-\d\d-\d\d$/.test(text)
      ? text
      : visibleJson(JSON.stringify(text));
