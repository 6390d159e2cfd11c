import { FORMATS } from '@/lib/cli/check/formats';
import { checkIn, folder } from '../support';

const COMMANDS = [
  '::set-output name=x::y',
  '##vso[task.setvariable variable=x]y',
  "##teamcity[setParameter name='x']",
  '##[command]x',
];

/** The command alone, after line breaks of each kind, and where a report may wrap a line before it. */
const hidden = COMMANDS.flatMap((command) => [
  command,
  `\n\u0085${command}`,
  `a\r${command}\u2028${command}\u2029 ${command}\u0085\u00a0${command}`,
  `${'word '.repeat(23)}${command} ${'word '.repeat(23)}${command}`,
]);

const table = (name: string, Region: string, more: object = {}) => ({
  [name]: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region }] }, ...more },
});

/** Templates with each hidden command as a name, a value, a property, a type, a path and a place in the code. */
const templates = Object.fromEntries(
  hidden.flatMap((text, nth) => [
    [`name-${nth}.json`, { Resources: table(text, 'us-east-1') }],
    [`value-${nth}.json`, { Resources: table('T', text) }],
    [`ref-${nth}.json`, { Parameters: { [text]: { Type: 'String' } }, Resources: table('T', { Ref: text } as never) }],
    [`type-${nth}.json`, { Resources: { T: { Type: text, Properties: { [text]: 'us-east-1', Region: text } } } }],
    [
      `path-${nth}.json`,
      {
        Resources: table('T', 'us-east-1', { Metadata: { 'aws:cdk:path': text, 'aws:cdk:trace': [text] } }),
        Outputs: { [text]: { Value: `https://dynamodb.us-east-1.amazonaws.com/${text}`, Description: text } },
        Metadata: { [text]: text },
      },
    ],
    [`broken-${nth}.json`, `{ ${text}`],
    [`broken-${nth}.yaml`, `Resources: !Unknown\n  ${JSON.stringify(text)}: [`],
  ]),
);
const root = folder(templates);

test.each(FORMATS)('no line of a report as %s is a command of a template', (format) => {
  const files = Object.keys(templates);
  const { out, err } = checkIn(root, '--format', format, '--region', 'eu-central-1', ...files);
  expect(out.length).toBeGreaterThan(10_000);
  const own = format === 'github' ? /^::(error|warning|notice) (?:[a-z]+=[^:]*)::/ : /(?!)/;
  // GitHub, Azure and TeamCity end a line at either of the first two; other programs, at the others too.
  const lines = `${out}\n${err}`.split(/[\r\n\u0085\u2028\u2029]/);
  const commands = lines.filter((line) => /##[\w.-]*\[/.test(line) || (/^[\s\u0085]*::/.test(line) && !own.test(line)));
  expect(commands).toEqual([]);
});
