import { hanging, wrap } from '../../guard/report/wrap';
import { columns } from '../columns';
import type { Access, AccessEntry, KeyAccess, Protected, SecretAccess } from './key-access';

/** Keys as text for a terminal: what each protects, the principals that can read it and how, and what is unknown. */
export function accessTable(
  { keys, withoutKey, secrets }: Access,
  emphasise: (text: string) => string = (text) => text,
  width = Number.POSITIVE_INFINITY,
): string {
  const own = [
    ...wrap('under a key of the AWS service: any principal with IAM permission can read it', width).map(emphasise),
    ...withoutKey.flatMap((store) => hanging('  ', shown(store), width)),
  ];
  const parts = [
    ...keys.map((key) => linesOf(key, emphasise, width)),
    ...secrets.map((secret) => secretLines(secret, emphasise, width)),
    ...(withoutKey.length === 0 ? [] : [own]),
  ];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

function linesOf(
  { stack, key, region, protects, entries, denied, unknown }: KeyAccess,
  emphasise: (text: string) => string,
  width: number,
): string[] {
  const rows = [
    ['CAN', 'PRINCIPAL', 'ASSUMED BY', 'THROUGH', 'ONLY IF'],
    ...entries.map((entry) => rowOf(entry, entry.can)),
    ...denied.map((entry) => rowOf(entry, `not ${entry.can}`)),
  ];
  return [
    ...wrap(`${stack === undefined ? key : `${stack}/${key}`} (${region})`, width).map(emphasise),
    ...protectsOf(protects, width),
    ...(rows.length === 1 ? [] : columns(rows, width - 2).map((line) => `  ${line}`)),
    ...unknown.flatMap((why) => hanging('  unknown: ', `there may be more, because ${why}`, width)),
    ...(entries.length === 0 && unknown.length === 0 ? ['  none: no statement of its policy allows a principal'] : []),
  ];
}

function secretLines(
  { stack, secret, region, entries, unknown }: SecretAccess,
  emphasise: (text: string) => string,
  width: number,
): string[] {
  const rows = [
    ['CAN', 'PRINCIPAL', 'ASSUMED BY'],
    ...entries.map(({ can, who, kind, assumedBy }) => [
      can,
      kind === 'account' ? `${who}: principals with IAM permission` : who,
      assumedBy?.join(', ') || '-',
    ]),
  ];
  return [
    ...wrap(`secret ${stack}/${secret} (${region})`, width).map(emphasise),
    ...(rows.length === 1 ? [] : columns(rows, width - 2).map((line) => `  ${line}`)),
    ...unknown.flatMap((why) => hanging('  unknown: ', `there may be more, because ${why}`, width)),
    ...(entries.length === 0 && unknown.length === 0 ? ['  none: its policy denies every use to every principal'] : []),
  ];
}

/** In one line if it fits, otherwise one store per line. */
function protectsOf(protects: readonly Protected[], width: number): string[] {
  if (protects.length === 0) return [];
  const [start, stores] = ['  protects ', protects.map(shown)];
  const line = start + stores.join(', ');
  if (line.length <= width) return [line];
  return stores.flatMap((store, index) => hanging(index === 0 ? start : '', store, width, start.length));
}

const shown = ({ name, type }: Protected) => `${name} (${type.replace(/^AWS::/, '')})`;

function rowOf(
  { who, kind, through, context, conditions, ...entry }: Omit<AccessEntry, 'by'> & Partial<AccessEntry>,
  can: string,
) {
  const by = entry.by === 'IAM policy' ? ' (by IAM)' : entry.by === 'grant' ? ' (by a grant)' : '';
  return [
    can,
    kind === 'account' ? `${who}: principals with IAM permission` : `${who}${by}`,
    entry.assumedBy?.join(', ') || '-',
    through.length === 0 ? 'itself' : through.join(', '),
    [
      ...Object.entries(context).map(([name, values]) => `context ${name} = ${values.join(' or ')}`),
      ...conditions,
    ].join('; ') || '-',
  ];
}
