import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { testClass } from './test-class';

const fn = (Runtime: unknown, ...lines: string[]) => ({
  type: 'AWS::Lambda::Function',
  properties: { Handler: 'index.handler', Runtime, Code: { ZipFile: lines.join('\n') } },
});
const node = (...lines: string[]) => fn('nodejs22.x', ...lines);
const python = (...lines: string[]) => fn('python3.13', ...lines);
const script = (...lines: string[]) => ({
  type: 'AWS::EC2::Instance',
  properties: { UserData: { 'Fn::Base64': lines.join('\n') } },
});
const bash = (...lines: string[]) => script('#!/bin/bash', ...lines);

testClass('comments in code and scripts', {
  leaks: {
    'code next to a comment': node("const region = 'us-east-1'; // was eu-west-1"),
    'a Region in a comment and in code': node('// us-east-1 is fast', "exports.region = 'us-east-1';"),
    'a URL, whose slashes begin no comment': node("fetch('https://sqs.us-east-1.amazonaws.com');"),
    'code after a comment in the same line': node("/* near */ exports.region = 'us-east-1';"),
    'a template whose text looks like a comment': node('const config = `', '// region us-east-1', '`;'),
    'a text that goes on in the next line': node("const config = 'near\\", "// us-east-1';"),
    'a regular expression with a quotation mark': node("s.replace(/'/g, ''); f('// us-east-1');"),
    'a regular expression where a division may be': node("if (s) /'/.test(s), f('// us-east-1');"),
    'a quotation mark in a template with code in it': node("const a = `${f('`')}`; g('// us-east-1');"),
    'a comment as scripts once had it': node('<!-- `', 'const a = `// us-east-1`;'),
    'a text in Python with a hash': python("URL = 'https://sqs.us-east-1.amazonaws.com/#x'"),
    'a text of several lines in Python': python('CONFIG = """', '# region', 'us-east-1', '# end"""'),
    'a text in Python within a text': python('URL = f"{d["#"]} us-east-1"'),
    'a raw text in Python': python("PATH = r'C:\\\\' + '# us-east-1'"),
    'code of an unknown language': fn({ Ref: 'Open' }, '// us-east-1'),
    'code of a language without a parser': fn('ruby3.4', '# us-east-1'),
    'a file that a script writes': bash('cat > /etc/app.conf <<EOF', '# region', 'region=us-east-1', 'EOF'),
    'a file with a hash that a script writes': bash('cat > /etc/app.conf <<EOF', '# us-east-1', 'EOF'),
    'a file whose end is only the second': bash('cat <<EOF > /etc/a', '\tEOF', '# us-east-1', 'EOF'),
    'a quoted hash of a script': bash('aws configure set region "# us-east-1"'),
    'an escaped hash of a script': bash('echo \\# us-east-1 > /etc/region'),
    'a hash within a word': bash('export TARGET=a#us-east-1'),
    'a quotation within a quotation': bash('echo "$(cat "a # b")" # "', 'export R=us-east-1'),
    'the length of a list': bash('echo ${#LIST[@]} us-east-1'),
    'a text of cloud-init with a hash': script('#cloud-config', 'write_files:', '  - content: |', '      # us-east-1'),
    'a script without a first line': script('# us-east-1', 'start'),
    'a variable that looks like a comment': {
      type: 'AWS::Lambda::Function',
      properties: { Runtime: 'nodejs22.x', Environment: { Variables: { REGION: '// us-east-1' } } },
    },
    'a comment that a parameter may end': {
      ...fn('nodejs22.x'),
      properties: { Runtime: 'nodejs22.x', Code: { ZipFile: { 'Fn::Sub': '// ${Open} us-east-1' } } },
      around: { Parameters: { Open: { Type: 'String' } } },
    },
  },
  nearMisses: {
    'a comment at the end of a line': node("const region = 'eu-west-1'; // moved from us-east-1"),
    'a comment of several lines': node('/*', ' * Moved from us-east-1', ' */', 'exports.handler = async () => 1;'),
    'a comment after a regular expression': node("const f = (s) => s.replace(/[/'\"]/g, ''); // us-east-1"),
    'a comment after a division': node('const half = total / 2; // us-east-1'),
    'a comment after a template': node('const a = `${b}/c`; // us-east-1'),
    'a comment in Python': python('# moved from us-east-1', "REGION = 'eu-west-1'  # not us-west-2"),
    'a comment in Python after a text with code in it': python('URL = f"{base}/x"  # us-east-1'),
    'a comment in a script': bash('# moved from us-east-1', 'export R=eu-west-1 # not us-west-2'),
    'a comment in a script after a file': bash(
      'cat > /etc/a <<EOF',
      'near',
      'EOF',
      '# us-east-1',
      'start "$(hostname)"',
    ),
    'a comment of cloud-init': script('#cloud-config', '# moved from us-east-1', 'packages: [httpd] # us-west-2'),
    'a comment in a function at the edge of an API': {
      type: 'AWS::AppSync::Resolver',
      properties: { Code: '// us-east-1\nexport function request() { return {}; }' },
    },
    'a comment in a build': {
      type: 'AWS::CodeBuild::Project',
      properties: { Source: { Type: 'S3', BuildSpec: 'version: 0.2\n# us-east-1\nphases: {}\n' } },
    },
    'a comment in a start script in Base64': {
      type: 'AWS::SageMaker::NotebookInstanceLifecycleConfig',
      properties: { OnStart: [{ Content: Buffer.from('#!/bin/sh\n# us-east-1\nstart\n').toString('base64') }] },
    },
  },
});

const findings = (Properties: object) =>
  checkTemplate(
    { Resources: { Subject: { Type: 'AWS::Lambda::Function', Properties } } },
    { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' },
  ).findings;

test('a place in a comment is information', () => {
  const { properties } = node('// us-east-1', "exports.region = 'us-west-2';");
  expect(findings(properties).map(({ level, value, fix }) => [level, value, fix])).toEqual([
    ['block', 'us-west-2', 'Name a place inside the boundary, or remove the value.'],
    ['info', 'us-east-1', 'No action is needed: no data leaves here.'],
  ]);
});

test.each(['BLOCKED_REGIONS', 'DENY_LIST', 'excludedRegions', 'FORBIDDEN'])('%s is refused with a hint', (name) => {
  const [finding] = findings({ Environment: { Variables: { [name]: 'us-east-1' } } });
  expect(finding).toMatchObject({ level: 'block', fix: expect.stringContaining('only forbids places') });
});
