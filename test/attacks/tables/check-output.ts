import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check } from '@/lib/cli/commands/check';
import type { OtherTable } from '../attack';

/** Texts that a CI system executes when a report prints them at the beginning of a line, or anywhere. */
const PAYLOADS: Readonly<Record<string, string>> = {
  'a command of GitHub': '\n::set-output name=x::y',
  'a command of GitHub after spaces': '\n   ::error file=a::b',
  'an old command of GitHub': '\n##[set-env name=x]y',
  'an old command within a line': 'x ##[add-path]y',
  'a command of Azure': '\n##vso[task.setvariable variable=x]y',
  'a command of Azure within a line': 'x ##vso[task.complete result=Succeeded;]y',
  'a command of TeamCity': "\n##teamcity[buildStatus status='SUCCESS']",
  'a section of GitLab': '\u001b[0Ksection_start:1:x\r\u001b[0K',
  'an escape of a terminal': '\u001b]8;;http://evil.example\u0007x\u001b]8;;\u0007',
  'a carriage return': '\r::set-output name=x::y',
  'a line separator': '\u2028::set-output name=x::y',
  'a next line': '\u0085::set-output name=x::y',
  'the end of an element': ']]></failure></testcase><testcase name="x"><![CDATA[',
  'the end of a block of code': '\n```\n::set-output name=x::y\n<script>alert(1)</script>',
  'a change of direction': '\u202e::x',
};

const BUCKET = { Type: 'AWS::S3::Bucket' };
const REPLICA = (region: string) => ({
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: { Replicas: [{ Region: region }], TableName: region },
});

/** The places of a template that a report shows. */
const PLACES: Readonly<Record<string, (payload: string) => object>> = {
  'a logical ID': (payload) => ({ Resources: { [`A${payload}`]: REPLICA('us-east-1') } }),
  'a value': (payload) => ({ Resources: { A: REPLICA(`us-east-1${payload}`) } }),
  'a name of a property': (payload) => ({
    Resources: { A: { ...BUCKET, Properties: { [`Region${payload}`]: 'us-east-1' } } },
  }),
  'a type': (payload) => ({ Resources: { A: { Type: `AWS::Nothing::${payload}` } } }),
  'a path of a construct': (payload) => ({
    Resources: { A: { ...REPLICA('us-east-1'), Metadata: { 'aws:cdk:path': `Stack/A${payload}` } } },
  }),
  'a description': (payload) => ({ Description: payload, Resources: { A: REPLICA('us-east-1') } }),
  'a reference': (payload) => ({ Resources: { A: { ...BUCKET, Properties: { BucketName: { Ref: payload } } } } }),
  'a parameter': (payload) => ({
    Parameters: { [payload]: { Type: 'String', Default: 'us-east-1' } },
    Resources: { A: BUCKET },
  }),
};

const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'];

/** Lines that a report in GitHub's own form has. */
const OWN_COMMAND = /^::(?:error|warning|notice) (?:file=[^,]*x\.template\.json,|title=)/;

/** Characters that a terminal obeys, or that reorder a text. */
const CONTROL = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** What a CI system would execute, or a terminal obey. */
function commandsIn(output: string, format: string): string[] {
  const lines = output.split(/[\n\r\u2028\u0085]/).filter((line) => /^\s*::/.test(line));
  const foreign = lines.filter((line) => format !== 'github' || !OWN_COMMAND.test(line));
  const controls = [...new Set(output)].filter((character) => CONTROL.test(character));
  const cases = [output.split('<testcase').length, output.split(/<testcase name="[^"<]*"/).length];
  return [
    ...foreign.map((line) => `a line is a command: ${JSON.stringify(line.slice(0, 100))}`),
    ...(output.match(/##[\w.-]*\[\S{0,20}/g) ?? []).map((text) => `a command: ${text}`),
    ...(controls.length > 0 ? [`control characters: ${JSON.stringify(controls.join(''))}`] : []),
    ...(format === 'junit' && cases[0] !== cases[1] ? ['an element was added'] : []),
    ...(format === 'markdown' && output.includes('<script') ? ['a script'] : []),
  ];
}

/** Runs `check` on a template, and returns what it printed. */
function reportOn(template: object, format: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'attacks-check-'));
  const file = path.join(folder, 'x.template.json');
  writeFileSync(file, JSON.stringify(template));
  const { log, error } = console;
  const lines: string[] = [];
  const collect = (line: unknown) => void lines.push(`${line}`);
  Object.assign(console, { log: collect, error: collect });
  try {
    check(['--region', 'eu-central-1', '--format', format, file]);
  } finally {
    Object.assign(console, { log, error });
    rmSync(folder, { recursive: true });
  }
  return lines.join('\n').replaceAll(folder, '');
}

export const CHECK_OUTPUT: OtherTable = {
  title: 'templates that a report would execute',
  attacks: FORMATS.flatMap((format) =>
    Object.entries(PLACES).flatMap(([place, make]) =>
      Object.entries(PAYLOADS).map(([name, payload]) => ({
        name: `${format}: ${name} in ${place}`,
        run: async () => commandsIn(reportOn(make(payload), format), format),
      })),
    ),
  ),
};
