import { columns } from '../columns';
import type { Access, AccessEntry, KeyAccess, Protected } from './key-access';

/** Keys as text to read in a terminal: what is under each, who can read it and how, and what isn't known. */
export function accessTable(
  { keys, withoutKey }: Access,
  emphasise: (text: string) => string = (text) => text,
): string {
  const own = [
    emphasise("under a key of the service's own: whoever IAM lets read it can"),
    ...withoutKey.map((store) => `  ${shown(store)}`),
  ];
  const parts = [...keys.map((key) => told(key, emphasise)), ...(withoutKey.length === 0 ? [] : [own])];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

function told(
  { stack, key, region, protects, entries, denied, unknown }: KeyAccess,
  emphasise: (text: string) => string,
) {
  const rows = [
    ['CAN', 'WHO', 'ACTED AS BY', 'THROUGH', 'ONLY IF'],
    ...entries.map((entry) => rowOf(entry, entry.can)),
    ...denied.map((entry) => rowOf(entry, `not ${entry.can}`)),
  ];
  return [
    emphasise(`${stack === undefined ? key : `${stack}/${key}`} (${region})`),
    ...(protects.length === 0 ? [] : [`  protects ${protects.map(shown).join(', ')}`]),
    ...(rows.length === 1 ? [] : columns(rows).map((line) => `  ${line}`)),
    ...unknown.map((why) => `  unknown: there may be more, because ${why}`),
    ...(entries.length === 0 && unknown.length === 0 ? ['  nobody: no statement of its policy lets anybody'] : []),
  ];
}

const shown = ({ name, type }: Protected) => `${name} (${type.replace(/^AWS::/, '')})`;

function rowOf(
  { who, kind, through, context, conditions, ...entry }: Omit<AccessEntry, 'by'> & Partial<AccessEntry>,
  can: string,
) {
  const by = entry.by === 'IAM policy' ? ' (by IAM)' : entry.by === 'grant' ? ' (by a grant)' : '';
  return [
    can,
    kind === 'account' ? `${who}: whoever IAM lets` : `${who}${by}`,
    entry.assumedBy?.join(', ') || '-',
    through.length === 0 ? 'itself' : through.join(', '),
    [
      ...Object.entries(context).map(([name, values]) => `context ${name} = ${values.join(' or ')}`),
      ...conditions,
    ].join('; ') || '-',
  ];
}
